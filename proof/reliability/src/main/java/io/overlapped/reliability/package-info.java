/** The table of what is promised, and whether it is still what the tests and the ledger say. */
@org.jspecify.annotations.NullMarked
package io.overlapped.reliability;
