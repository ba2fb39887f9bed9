/** What came of a run, as a page for people. */
package io.overlapped.lab.report;
