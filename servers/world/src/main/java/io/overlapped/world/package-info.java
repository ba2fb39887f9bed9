/** A board that many players share. */
package io.overlapped.world;
