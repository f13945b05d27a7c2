package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

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
        requireFree(host, port); // the web server only logs a port that it cannot have
        try {
            WebServer web = WebServer.builder()
                    .address(InetAddress.getByName(host))
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
            throw inUse(host, port, e);
        }
    }

    /** @throws PawlException if nobody can listen there; to be asked before anything is made for who would */
    static void requireFree(String host, int port) {
        requirePort(port);
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (UnknownHostException e) {
            var error = PawlException.user(
                    "bad-host", "--host wants an address of this machine, and there is no host '" + host + "'");
            error.addSuppressed(e);
            throw error;
        } catch (IOException e) {
            throw inUse(host, port, e);
        }
    }

    private static PawlException inUse(String host, int port, IOException e) {
        return PawlException.conflict(
                "port-in-use",
                "Port %d on %s cannot be used: %s. Stop what uses it, or choose another with --port."
                        .formatted(port, host, e.getMessage()));
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
