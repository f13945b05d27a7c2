package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A project of commands that trains a model (of a kind), pushed to a server and run there in production. */
record TrainedProject(DemoProject project, String run) {
    /** One that CI can serve: its features are day and lag_14. */
    private static final Path MODEL = Path.of("../serving/src/test/resources/dev/pawl/serving/births-2.onnx");

    static final String YAML = """
        project: tiny
        pipeline:
          steps:
            split: { run: 'sed s/-02/-03/ "$PAWL_INPUTS/numbers.csv" > "$PAWL_OUTPUTS/holdout.csv"', inputs: { numbers: data.numbers }, outputs: { holdout: table } }
            train: { run: 'cp model.onnx "$PAWL_OUTPUTS/model.onnx"', inputs: { holdout: split }, outputs: { model: model }, parameters: { eta: 0.1 } }
        data: { numbers: { path: numbers.csv } }
        ci: { package: [model.onnx], checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        model: { name: tiny, from: train, holdout: { table: split, label: n, time: at }, gates: { quality: { mape: { max: 0.1 } } } }
        """;

    /** Pushes it, waits for its deployment, runs it, and waits for its model. */
    static TrainedProject on(Client client, Path folder) throws Exception {
        Path source = Files.createDirectories(folder.resolve("trained-source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), "at,day,lag_14,n\n1970-01-01,1,1,1\n1970-01-02,2,1,2\n");
        Files.copy(MODEL, source.resolve("model.onnx"));
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        DemoProject project =
                DemoProject.copyOf(source, folder.resolve("trained"), new Commands(Clock.system(), OwnJvm.javaHome()));
        project.push("tiny", client.address().toString());
        await(client, "PipelineDeployed");
        client.get("api/quiet?within=60"); // the trigger knows of it, too
        client.post("api/projects/tiny/environments/prod/runs", Map.of("reason", "a test"));
        JsonNode registered = await(client, "ModelRegistered");
        return new TrainedProject(project, registered.at("/fact/run_id").stringValue());
    }

    static JsonNode await(Client client, String type) {
        return client.await(
                type,
                Duration.ofMinutes(2),
                "api/facts?after=0",
                answer -> answer.path("facts")
                        .valueStream()
                        .peek(TrainedProject::refuseRefusal)
                        .filter(fact -> fact.path("type").asString("").equals(type))
                        .findFirst()
                        .or(Optional::empty));
    }

    private static void refuseRefusal(JsonNode fact) {
        if (fact.path("type").asString("").endsWith("Refused")) {
            throw new AssertionError(Json.pretty(fact));
        }
    }
}
