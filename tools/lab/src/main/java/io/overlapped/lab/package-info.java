/** Serves a job by a model, and compares the models. */
package io.overlapped.lab;
