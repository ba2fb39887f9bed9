/** A chat server and its clients. */
package io.overlapped.chat;
