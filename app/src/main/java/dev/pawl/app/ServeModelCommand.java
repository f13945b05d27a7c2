package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.serving.ServingRoutes;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pawl serve-model}: what the gates of model CD try a challenger in. */
@Command(
        name = "serve-model",
        description =
                "Serves one ONNX file by the Open Inference Protocol, without a store and without logging predictions.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl serve-model --model model.onnx --name births --number 1 --port 8081"})
final class ServeModelCommand implements Callable<Integer> {
    /** The answer to the file of a model that is served from now on. */
    static final String SERVED = "served";

    @Option(names = "--model", required = true, description = "The ONNX file.")
    private Path model = Path.of("");

    @Option(names = "--name", required = true, description = "Name to serve it under.")
    private String name = "";

    @Option(
            names = "--number",
            defaultValue = "1",
            description = "Version to serve it under (default: ${DEFAULT-VALUE}).")
    private int number;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port on the loopback address, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--in-turn",
            hidden = true,
            description = "Serve the files that standard input names, a line each, in the place of the one before it.")
    private boolean inTurn;

    @Option(names = "--parent", hidden = true, description = "Stop when this process is gone.")
    private @Nullable Long parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnknownHostException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        var stopped = new CountDownLatch(1);
        Parent.watch(Optional.ofNullable(parent), stopped::countDown);
        var version = new ModelVersion(new ModelName(name), number);
        ServingRoutes routes = ServingRoutes.forModel(model, version, Clock.system(), Ids.system());
        WebServer server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .addRouting(HttpRouting.builder().register(routes))
                .build()
                .start();
        out.println("http://127.0.0.1:" + server.port() + "/");
        out.flush();
        if (inTurn) {
            Thread.ofPlatform().daemon().name("in-turn").start(() -> serveInTurn(routes, version, out));
        }
        stopped.await();
        server.stop();
        return 0;
    }

    /** Each line is answered with one: that it is served, or why not. */
    private static void serveInTurn(ServingRoutes routes, ModelVersion first, PrintWriter out) {
        try (var files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int number = first.number();
            for (String file = files.readLine(); file != null; file = files.readLine()) {
                out.println(served(routes, Path.of(file), new ModelVersion(first.model(), ++number)));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String served(ServingRoutes routes, Path file, ModelVersion version) {
        try {
            routes.replace(file, version);
            return SERVED;
        } catch (PawlException e) {
            return e.text().lines().collect(Collectors.joining(" "));
        }
    }
}
