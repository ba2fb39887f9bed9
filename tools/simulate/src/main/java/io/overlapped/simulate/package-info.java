/**
 * The servers in simulated worlds: workloads whose clients check every byte and every message, and
 * campaigns that run them over many seeds.
 */
package io.overlapped.simulate;
