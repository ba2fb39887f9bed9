/** The load generator: one process, the same for every server. */
@NullMarked
package io.overlapped.bench.load;

import org.jspecify.annotations.NullMarked;
