/** Shows step by step what a model does for a message. */
package io.overlapped.lab.watch;
