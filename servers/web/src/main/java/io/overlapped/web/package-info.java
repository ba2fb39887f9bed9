/** The page of the world and the chat. */
package io.overlapped.web;
