package dev.pawl.app;

import dev.pawl.definition.PawlYaml;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.Why;
import dev.pawl.store.Artifacts;
import dev.pawl.store.Store;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The pages that people look at: {@code GET /runs}, {@code /runs/{run}}, {@code /ci} and {@code /ci/{run}}, with what they are made of. Their scripts ask the same
 * REST API as everybody.
 */
final class PageRoutes implements HttpService {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

    /** The pages of runs with the routes that they ask. */
    static HttpService[] ofRuns(Store store, Runs runs, Definitions definitions, RunRoutes.Known known) {
        Artifacts artifacts = store.artifacts();
        return new HttpService[] {
            new PageRoutes(),
            new ArtifactRoutes(artifacts),
            new RunRoutes(runs, definitions, artifacts, known, store.clock()),
            new StepRoutes(runs, definitions, new Why(store), new AttemptLog(artifacts))
        };
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/runs", (_, response) -> send(response, "page/runs.html", HTML))
                .get("/runs/{run}", (_, response) -> send(response, "page/run.html", HTML))
                .get("/ci", (_, response) -> send(response, "page/ci.html", HTML))
                .get("/ci/{run}", (_, response) -> send(response, "page/cirun.html", HTML))
                .get("/page.css", (_, response) -> send(response, "page/page.css", CSS))
                .get("/uplot.js", (_, response) -> send(response, UPLOT + "uPlot.iife.min.js", SCRIPT))
                .get("/uplot.css", (_, response) -> send(response, UPLOT + "uPlot.min.css", CSS))
                .get("/pawl.schema.json", (_, response) -> schema(response));
        for (String script :
                new String[] {"page.js", "ring.js", "runs.js", "run.js", "steps.js", "ci.js", "cirun.js"}) {
            rules.get("/" + script, (_, response) -> send(response, "page/" + script, SCRIPT));
        }
    }

    /** The page of the whole ring. */
    static void ring(ServerResponse response) {
        send(response, "page/ring.html", HTML);
    }

    private static void schema(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/schema+json");
        response.send(PawlYaml.jsonSchema());
    }

    private static void send(ServerResponse response, String name, String type) {
        try (InputStream in = PageRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw PawlException.notFound("no-page", name + " is not part of this Pawl");
            }
            response.header(HeaderNames.CONTENT_TYPE, type);
            response.header(POLICY, "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'");
            response.send(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
