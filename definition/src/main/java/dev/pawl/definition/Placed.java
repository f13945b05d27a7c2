package dev.pawl.definition;

/** A value and where it stands in pawl.yaml, for what can be checked only later. */
record Placed<T>(YamlPlace place, T value) {}
