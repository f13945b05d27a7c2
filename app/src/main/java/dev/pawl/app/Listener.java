package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Answers HTTP at an address. */
final class Listener implements AutoCloseable {
    private static final int MOST_PORT = 65_535;

    private final String host;
    private final WebServer web;

    private Listener(String host, WebServer web) {
        this.host = host;
        this.web = web;
    }

    /** @param port 0 for any that is free */
    static Listener start(String host, int port, HttpRouting.Builder routing) {
        requirePort(port);
        try {
            InetAddress address = InetAddress.getByName(host);
            // The web server only logs a port that it cannot have; a socket says why.
            new ServerSocket(port, 1, address).close();
            WebServer web = WebServer.builder()
                    .address(address)
                    .port(port)
                    .shutdownHook(false)
                    .addRouting(routing)
                    .build()
                    .start();
            if (!web.isRunning()) {
                web.stop();
                throw new BindException("another program was quicker");
            }
            return new Listener(host, web);
        } catch (IOException e) {
            throw PawlException.conflict(
                    "port-in-use",
                    "Port %d on %s cannot be used: %s. Stop what uses it, or choose another with --port."
                            .formatted(port, host, e.getMessage()));
        }
    }

    static void requirePort(int port) {
        if (port < 0 || port > MOST_PORT) {
            throw PawlException.user(
                    "bad-port", "--port wants a number from 0 (any) to " + MOST_PORT + ", not " + port);
        }
    }

    int port() {
        return web.port();
    }

    /** As browsers want it. */
    String address() {
        return "http://%s:%d/".formatted(host, web.port());
    }

    @Override
    public void close() {
        web.stop();
    }
}
