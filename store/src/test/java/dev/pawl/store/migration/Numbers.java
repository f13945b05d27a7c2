package dev.pawl.store.migration;

/** Marks where the scripts of a small schema for tests lie. */
public final class Numbers {
    private Numbers() {}
}
