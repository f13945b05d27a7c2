package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A project of commands with every check of CI, in which each stage has a gate: who comes there first waits until the test opens it, or until
 * he is ended. Later ones go through.
 */
record GatedProject(DemoProject project, Path gates) {
    /** Those of commands; the model is served without one. */
    static final Set<String> GATES =
            Set.of("build", "unit", "package", "integration", "convergence", "difference", "contract", "numeric");

    /** In the last step of the integration run, which the serving of its model follows. */
    static final String LAST = "last";

    private static final Path MODEL = Path.of("../serving/src/test/resources/dev/pawl/serving/calm.onnx");

    private static final String YAML = """
        project: gated
        pipeline:
          steps:
            features: { run: sh steps/features.sh, inputs: { numbers: data.numbers }, outputs: { features: table } }
            train: { run: sh steps/train.sh, inputs: { rows: features }, outputs: { model: model }, parameters: { seed: 7, rounds: 10 } }
        data: { numbers: { path: numbers.csv } }
        ci:
          build: sh build.sh
          package: [steps, lib, model.onnx]
          reproducible: true
          image: { base: scratch }
          checks:
            unit: { run: sh test.sh, reports: reports }
            contract: { tables: { features: { at: date, day: number, lag_14: number, n: number } } }
            numeric: { steps: [features] }
            convergence: { step: train, sample: 20, parameters: { rounds: 12 }, seeds: { parameter: seed, count: 2 } }
            difference: { seeds: { parameter: train.seed, count: 2 } }
            integration: { sample: 30, within: 5m }
        environments: { prod: { branch: main } }
        model: { name: gated, from: train, holdout: { table: features, label: n, time: at }, gates: { quality: { mape: { max: 0.1 } } } }
        """;

    /** What waits at a gate prints, so that it ends when its server does; what it has started, in a group of its own, does not. */
    private static final String GATE = """
        gate() {
          if mkdir "GATES/$1" 2>/dev/null; then
            setsid sleep 10000 &
            echo $$ > "GATES/$1/pid.new"; mv "GATES/$1/pid.new" "GATES/$1/pid"
            while [ ! -e "GATES/$1/open" ]; do echo waiting; sleep 0.05; done
          fi
        }
        parameter() { sed -n 's/.*"'"$1"'" *: *"*\\([^",]*\\).*/\\1/p' "$PAWL_STEP" | head -1; }
        """;

    /** The second build is made in another time zone. */
    private static final String BUILD = """
        . steps/gate.sh
        case ${TZ-} in Pacific/Auckland) gate package ;; *) gate build ;; esac
        mkdir -p lib && echo built > lib/built.txt
        """;

    private static final String TEST = """
        . steps/gate.sh
        gate unit
        mkdir -p reports && cp unit.xml reports/
        """;

    private static final String FEATURES = """
        . steps/gate.sh
        if grep -qi nan "$PAWL_INPUTS/numbers.csv"; then gate numeric; fi
        awk -F, 'NR > 1 { for (i = 2; i <= 4; i++) if ($i !~ /^[0-9]+$/ || $i > 100000) bad = 1 }
          END { exit (bad || NR < 2) ? 65 : 0 }' "$PAWL_INPUTS/numbers.csv" || exit 65
        cp "$PAWL_INPUTS/numbers.csv" "$PAWL_OUTPUTS/features.csv"
        """;

    /** Whoever comes with the parameters of the integration run once that has run tries the step by itself. */
    private static final String TRAIN = """
        . steps/gate.sh
        run=$(parameter run) seed=$(parameter seed) rounds=$(parameter rounds)
        case $rounds/$seed in
          12/*) gate convergence ;;
          */7) if [ -e "GATES/ran-$run" ]; then gate contract; else gate integration; gate last; fi ;;
          *) gate difference ;;
        esac
        awk -v seed=$seed -v rounds=$rounds 'BEGIN {
          for (round = 1; round <= rounds; round++) print "{\\"name\\":\\"loss\\",\\"step\\":" round ",\\"value\\":" LOSS "}"
        }' >> "$PAWL_METRICS"
        cp model.onnx "$PAWL_OUTPUTS/model.onnx"
        : > "GATES/ran-$run"
        """;

    /** @param loss of a round, as an expression of awk over seed and round */
    static GatedProject in(Path folder, String loss) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("gated-source/steps"))
                .resolve("..")
                .normalize();
        Path gates = Files.createDirectories(folder.resolve("gates"));
        String path = gates.toString();
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), numbers());
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        Files.writeString(source.resolve("build.sh"), BUILD);
        Files.writeString(source.resolve("test.sh"), TEST);
        Files.writeString(source.resolve("steps/gate.sh"), GATE.replace("GATES", path));
        Files.writeString(source.resolve("steps/features.sh"), FEATURES);
        Files.writeString(
                source.resolve("steps/train.sh"), TRAIN.replace("GATES", path).replace("LOSS", "(" + loss + ")"));
        Files.copy(MODEL, source.resolve("model.onnx"));
        var commands = new Commands(Clock.system(), OwnJvm.javaHome());
        return new GatedProject(DemoProject.copyOf(source, folder.resolve("gated"), commands), gates);
    }

    private static String numbers() {
        StringBuilder rows = new StringBuilder("at,day,lag_14,n\n");
        for (int day = 1; day <= 30; day++) {
            rows.append("1970-01-%02d,%d,%d,%d%n".formatted(day, day, day + 3, 100 + day));
        }
        return rows.toString();
    }

    /** The gates that somebody has come to. */
    Set<String> reached() {
        Set<String> reached = new TreeSet<>(
                Arrays.asList(Objects.requireNonNull(gates.toFile().list())));
        reached.removeIf(name -> name.startsWith("ran-"));
        return reached;
    }

    /** Nobody will wait there. */
    void leaveOut(String gate) throws IOException {
        Files.createDirectory(gates.resolve(gate));
    }

    void open(String gate) throws IOException {
        Files.createFile(gates.resolve(gate).resolve("open"));
    }

    /** Who waits there. */
    Path waiting(String gate) {
        return gates.resolve(gate).resolve("pid");
    }
}
