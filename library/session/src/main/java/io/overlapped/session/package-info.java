/** Frames, bounded output, limits and groups over streams. */
package io.overlapped.session;
