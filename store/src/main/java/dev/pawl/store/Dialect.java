package dev.pawl.store;

/** The databases that Pawl keeps its state in. SQL is written once for both; this is for the few places where it cannot be. */
public enum Dialect {
    SQLITE,
    POSTGRES
}
