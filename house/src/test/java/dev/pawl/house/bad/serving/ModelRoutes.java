package dev.pawl.house.bad.serving;

import com.sun.net.httpserver.HttpExchange;

/// Right: HTTP in routes.
public record ModelRoutes(HttpExchange exchange) {}
