/** The servers under test, each a process of its own. */
@NullMarked
package io.overlapped.bench.server;

import org.jspecify.annotations.NullMarked;
