/** What was measured, for people and for programs. */
@NullMarked
package io.overlapped.bench.report;

import org.jspecify.annotations.NullMarked;
