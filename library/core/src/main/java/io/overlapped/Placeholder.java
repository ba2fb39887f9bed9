package io.overlapped;

/** Holds the place until the first class of this package is written; delete it then. */
final class Placeholder {
    private Placeholder() {}
}
