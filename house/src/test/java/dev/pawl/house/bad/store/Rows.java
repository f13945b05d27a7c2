package dev.pawl.house.bad.store;

import dev.pawl.house.bad.kernel.Base;
import java.sql.Connection;

/// Right: a store uses the kernel and SQL.
public record Rows(Base base, Connection connection) {}
