/** Runs our servers and the peers in turn, measures them, and compares. */
@NullMarked
package io.overlapped.bench;

import org.jspecify.annotations.NullMarked;
