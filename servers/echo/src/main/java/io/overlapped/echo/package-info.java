/** Echo servers and clients in three styles. */
package io.overlapped.echo;
