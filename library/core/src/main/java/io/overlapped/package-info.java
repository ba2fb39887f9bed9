/** Operations that are started now and complete later. */
package io.overlapped;
