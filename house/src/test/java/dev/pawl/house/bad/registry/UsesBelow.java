package dev.pawl.house.bad.registry;

import dev.pawl.house.bad.kernel.Base;
import dev.pawl.house.bad.store.Rows;

/// Right: a stage uses what is below it.
public record UsesBelow(Base base, Rows rows) {}
