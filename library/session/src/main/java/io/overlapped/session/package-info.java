/**
 * Sessions: connections that speak in frames, with bounded output, limits and named ends.
 *
 * <pre>
 *                  bytes                    frames
 *   TcpStream ──▶ receive ──▶ Reassembly ──▶ rate, fairness ──▶ SessionHandler.received
 *       ▲         (one in flight; the driver's buffer,             │
 *       │          only when there is data)                        │ Session.send, Group.broadcast
 *       │                                                          ▼
 *       └──────── send ◀──── leaving │ filling ◀──────────── Offer: ACCEPTED, FULL, CLOSED
 *                (one in flight)  the outbox: two sides
 *                                 that change places
 *
 *   one wheel of 100 ms ticks per server: login, frame, silence, send, end
 * </pre>
 *
 * <p>{@link io.overlapped.session.SessionServer} accepts, {@link
 * io.overlapped.session.SessionClient} connects; both make a {@link io.overlapped.session.Session}
 * of each connection and tell a {@link io.overlapped.session.SessionHandler} what happens in it.
 * {@link io.overlapped.session.Limits} bounds everything; every end has a {@link
 * io.overlapped.session.CloseReason}.
 */
package io.overlapped.session;
