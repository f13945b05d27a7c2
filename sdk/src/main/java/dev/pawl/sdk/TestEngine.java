package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Runs the steps of a test's run, one after the other. */
final class TestEngine {
    private final TestSetup setup;
    private final TestObjects objects;
    private final TestData data;
    private final SettableClock clock;
    private final Path folder;
    private final Map<String, TestStep> done = new LinkedHashMap<>();
    private final List<Lineage.Made> made = new ArrayList<>();

    TestEngine(TestSetup setup, TestObjects objects, TestData data, SettableClock clock, Path folder) {
        this.setup = setup;
        this.objects = objects;
        this.data = data;
        this.clock = clock;
        this.folder = folder;
    }

    TestRun run() {
        for (PipelineStep step : all(false)) {
            done.put(
                    step.name(),
                    failed().isPresent()
                            ? TestStep.skipped(step.name(), "the run had failed")
                            : result(step, Optional.empty()));
        }
        Outcome outcome = failed().map(step -> Outcome.failure(step.why())).orElseGet(Outcome::success);
        for (PipelineStep step : all(true)) {
            done.put(step.name(), result(step, Optional.of(outcome)));
        }
        return new TestRun(setup.pipeline(), done, failed(), new Lineage(made, digests()));
    }

    private List<PipelineStep> all(boolean always) {
        return setup.pipeline().steps().stream()
                .filter(step -> step.method().rules().always() == always)
                .toList();
    }

    private Optional<TestStep> failed() {
        return done.values().stream()
                .filter(step -> step.state() == TestStep.State.FAILED)
                .findFirst();
    }

    private TestStep result(PipelineStep step, Optional<Outcome> outcome) {
        TestInputs inputs = new TestInputs(step, done, data);
        Optional<String> missing = inputs.missing();
        if (missing.isPresent()) {
            return TestStep.skipped(step.name(), "step " + missing.get() + ", whose output it takes, was skipped");
        }
        try {
            return isToRun(step, inputs)
                    ? attempted(step, inputs, outcome)
                    : TestStep.skipped(step.name(), step.method().rules().when() + " does not hold");
        } catch (ContractException e) {
            return TestStep.failed(step.name(), e, List.of());
        } catch (IllegalArgumentException e) {
            return TestStep.failed(step.name(), new ContractException(String.valueOf(e.getMessage())), List.of());
        }
    }

    private boolean isToRun(PipelineStep step, TestInputs inputs) {
        String when = step.method().rules().when();
        return when.isEmpty()
                || Condition.parse(when)
                        .isTrue(new ConditionValues(step.method(), inputs.whole(), setup.parametersOf(step)));
    }

    private TestStep attempted(PipelineStep step, TestInputs inputs, Optional<Outcome> outcome) {
        TestAttempts.Maker maker = new TestAttempts.Maker(step, setup, objects, clock, folder.resolve(step.name()));
        List<TestAttempts> elements = new ArrayList<>();
        for (Map<String, Path> element : inputs.elements()) {
            TestAttempts attempts = maker.make(element, elements.size(), outcome);
            elements.add(attempts);
            Optional<Throwable> failure = attempts.last().failure();
            if (failure.isPresent()) {
                return TestStep.failed(step.name(), failure.get(), elements);
            }
            made.add(made(step, elements.size() - 1, inputs.origins(element), attempts.call()));
        }
        return TestStep.succeeded(step.name(), elements, output(step, elements));
    }

    private static Lineage.Made made(
            PipelineStep step, int element, SortedMap<String, Lineage.Origin> inputs, TestCall call) {
        String output = call.output().map(Digests::of).orElse("");
        return new Lineage.Made(step.name(), element, inputs, call.parameters(), output);
    }

    private Optional<TestOutput> output(PipelineStep step, List<TestAttempts> elements) {
        return step.method().output().map(output -> {
            boolean list = output.list() || step.method().isFannedOut();
            Path path = step.method().isFannedOut()
                    ? collected(step, output.form(), elements)
                    : elements.getFirst().call().output().orElseThrow();
            return new TestOutput(step.name(), output.form(), list, path);
        });
    }

    private Path collected(PipelineStep step, Form form, List<TestAttempts> elements) {
        Path all = TestFolders.make(folder.resolve(step.name()).resolve("all"));
        for (int i = 0; i < elements.size(); i++) {
            Path one = elements.get(i).call().output().orElseThrow();
            new Form(Kind.FILE, Path.class).write(one, all.resolve(Folders.element(i, form.kind())));
        }
        return all;
    }

    private Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        data.files().forEach((name, file) -> digests.put(Lineage.DATA + name, Digests.of(file)));
        done.values().forEach(step -> step.path().ifPresent(path -> digests.put(step.name(), Digests.of(path))));
        return digests;
    }
}
