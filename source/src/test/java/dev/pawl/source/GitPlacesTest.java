package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many transfers at a time, and no more. */
class GitPlacesTest {
    @TempDir
    Path folder;

    private SourceServer server;
    private Git git;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        server = SourceServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Each holds a place: the server has begun to ask for what it sends. */
    private Socket unfinishedPush() throws IOException {
        URI address = URI.create(server.address());
        Socket socket = new Socket(address.getHost(), address.getPort());
        String head = """
            POST /git/births.git/git-receive-pack HTTP/1.1
            Host: %s
            Content-Length: 1000
            Expect: 100-continue

            """.formatted(address.getAuthority()).replace("\n", "\r\n");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    @Test
    void more_transfers_than_there_are_places_wait_for_one() throws Exception {
        git.write("a.txt", "a").commit("one");
        git.run("push", server.url("births"), "main");
        List<Socket> unfinished = new ArrayList<>();
        for (int i = 0; i < GitRoutes.MOST_TRANSFERS; i++) {
            unfinished.add(unfinishedPush());
        }

        var asked = CompletableFuture.supplyAsync(() -> git.attempt("ls-remote", server.url("births")));
        assertThat(asked).failsWithin(Duration.ofMillis(500)).withThrowableOfType(TimeoutException.class);
        for (Socket socket : unfinished) {
            socket.close();
        }

        assertThat(asked.get(30, TimeUnit.SECONDS).succeeded()).isTrue();
    }
}
