/** What an echo allocates, in each style, as JMH and its gc profiler measure it. */
@NullMarked
package io.overlapped.allocation;

import org.jspecify.annotations.NullMarked;
