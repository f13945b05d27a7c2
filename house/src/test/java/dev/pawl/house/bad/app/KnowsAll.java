package dev.pawl.house.bad.app;

import com.sun.net.httpserver.HttpServer;
import dev.pawl.house.bad.registry.UsesBelow;
import dev.pawl.house.bad.serving.ModelRoutes;

/// Right: the app connects the stages and starts the server.
public record KnowsAll(UsesBelow stage, ModelRoutes routes, HttpServer server) {}
