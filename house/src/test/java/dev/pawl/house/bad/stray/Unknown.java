package dev.pawl.house.bad.stray;

/// Wrong: a module that the architecture does not know.
public record Unknown(String value) {}
