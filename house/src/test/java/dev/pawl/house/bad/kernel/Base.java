package dev.pawl.house.bad.kernel;

import dev.pawl.house.bad.store.Rows;

/// Wrong: an arrow up, and with the arrow down of Rows a cycle.
public record Base(Rows rows) {}
