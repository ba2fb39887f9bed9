/** The I/O models, a file each, and the little they share. */
package io.overlapped.lab.model;
