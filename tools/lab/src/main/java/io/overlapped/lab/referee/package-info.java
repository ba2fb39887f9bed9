/** Measures every model by the same rows with the same client. */
package io.overlapped.lab.referee;
