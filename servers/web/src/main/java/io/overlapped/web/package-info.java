/**
 * The page of the world and the chat, and the bridge that carries their native frames.
 *
 * <p>Jetty serves the page and its WebSockets; behind each WebSocket one {@code TcpStream} of the
 * library leads to the world's or the chat's native port, so that nothing of the game is written
 * twice.
 */
package io.overlapped.web;
