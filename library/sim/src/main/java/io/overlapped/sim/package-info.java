/** A seeded world in which the code that runs on real drivers meets every fault, and replays. */
package io.overlapped.sim;
