package dev.pawl.house.bad.registry;

/// Wrong: a name that says nothing.
public record VersionManager(String value) {}
