/** What a driver provides to the proactor. */
package io.overlapped.spi;
