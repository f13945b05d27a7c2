package dev.pawl.house.bad.registry.inner;

/// Wrong: a package inside a module's package.
public record Deep(String value) {}
