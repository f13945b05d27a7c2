package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.ci.CheckRecorder.Body;
import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.After;
import dev.pawl.definition.CiPlan.IntegrationCheck;
import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.CiPlan.UnitCheck;
import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.PipelineClass;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import dev.pawl.packaging.Made;
import dev.pawl.packaging.Origin;
import dev.pawl.pipeline.ProjectPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A commit in a folder of its own, on its way to a package: each check builds on those before it. Used once, by one thread. */
final class Candidate {
    private final Workshop shop;
    private final BuildCommands commands;
    private final CiRun run;
    private final Path source;
    private final Path logs;
    private final Path folder;
    private @Nullable PawlYaml yaml;
    private @Nullable Definition definition;
    private @Nullable Digest packageDigest;
    private List<PlannedRun> further = List.of();
    private TestCounts tests = TestCounts.NONE;
    private Selection selection;
    private @Nullable Digest content;

    /** @param selection which checks are made */
    Candidate(Workshop shop, CiRun run, Path folder, Selection selection) {
        this.shop = shop;
        this.selection = selection;
        this.commands = new BuildCommands(shop, run.id(), folder);
        this.run = run;
        this.source = folder.resolve("source");
        this.logs = folder.resolve("logs");
        this.folder = folder;
    }

    /** Where the log of a check grows in the folder of an attempt. */
    static Path log(Path folder, String check) {
        return folder.resolve("logs").resolve(check + ".log");
    }

    /**
     * @param lookOnly whether it says something of the check only when it fails: the check itself comes later
     * @param beside whether it is made also when what came right before it failed
     */
    private record Phase(String check, boolean lookOnly, boolean beside, Body body) {
        static Phase check(String check, Body body) {
            return new Phase(check, false, false, body);
        }

        static Phase look(String check, Body body) {
            return new Phase(check, true, false, body);
        }

        Finding take(CheckRecorder recorder) throws InterruptedException {
            return lookOnly ? recorder.recordIfFailed(check, body) : recorder.record(check, body);
        }
    }

    /** Those that tell in a second what is wrong. */
    private List<Phase> first() {
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.check(CiCheck.CHECKOUT, this::checkOut));
        phases.add(Phase.look(CiCheck.DEFINITION, this::readYaml));
        phases.add(Phase.look(CiCheck.BUILD, this::isContained));
        if (run.scope().isWhole()) {
            phases.add(Phase.look(CiCheck.UNIT, () -> UnitTests.declared(plan())));
            phases.add(Phase.look(CiCheck.INTEGRATION, this::integrationIsDeclared));
        }
        return phases;
    }

    private List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.check(CiCheck.BUILD, this::build));
        plan().unit().forEach(unit -> phases.add(new Phase(unit.check(), false, true, () -> test(unit))));
        plan().own(After.BUILD).forEach(own -> phases.add(new Phase(own.check(), false, true, () -> own(own))));
        phases.add(Phase.look(CiCheck.PACKAGE, this::packageIsThere));
        phases.add(Phase.check(CiCheck.DEFINITION, this::compile));
        phases.add(Phase.check(CiCheck.PACKAGE, this::pack));
        phases.removeIf(phase -> !selection.makes(phase.check()));
        return phases;
    }

    /** Makes the checks up to the package; the first that fails decides. */
    Verdict examine() throws InterruptedException {
        commands.endLeftBehind();
        CheckRecorder recorder = new CheckRecorder(shop.store(), run.id());
        Optional<? extends Verdict> end = refusal(first(), recorder);
        end = end.isPresent() ? end : known();
        end = end.isPresent() ? end : refusal(phases(), recorder);
        return end.isPresent() ? end.get() : planned(recorder);
    }

    private Optional<Verdict.Refused> refusal(List<Phase> phases, CheckRecorder recorder) throws InterruptedException {
        Optional<Verdict.Refused> refused = Optional.empty();
        for (Phase phase : phases) {
            if (refused.isPresent() && !(phase.beside() && refused.get().isOfProject())) {
                break;
            }
            Finding finding = phase.take(recorder);
            if (!finding.passed() && refused.isEmpty()) {
                refused = Optional.of(new Verdict.Refused(phase.check(), finding.summary()));
            }
        }
        return refused;
    }

    /** What an earlier run of the same content found, if that may be taken. */
    private Optional<Verdict.Known> known() {
        return run.scope().cached()
                ? new Answered(shop.store(), shop.definitions())
                        .find(run, requireNonNull(content))
                        .map(Verdict.Known::new)
                : Optional.empty();
    }

    private Verdict planned(CheckRecorder recorder) throws InterruptedException {
        if (!selection.runsPipeline()) {
            return new Verdict.Done();
        }
        Digest kept = shop.definitions().keep(requireNonNull(definition));
        List<PlannedRun> runs = new ArrayList<>(further);
        plan().integration().map(check -> integration(check, kept)).ifPresent(runs::addFirst);
        for (Selection.Taken taken : selection.taken(runs)) {
            recorder.record(taken.check(), taken::finding);
        }
        return new Verdict.Packed(
                requireNonNull(packageDigest), kept, tests, selection.still(runs), selection.tried(plan()));
    }

    private static PlannedRun integration(IntegrationCheck check, Digest definition) {
        return new PlannedRun(CiCheck.INTEGRATION, "", definition, check.sample(), check.within());
    }

    private Finding checkOut() {
        int files = shop.source().checkOut(run.project(), run.commit(), source);
        Digest found = Content.of(source, shop.javaHome());
        content = found;
        shop.store().database().change(tx -> new CiStore().content(tx, run.id(), found));
        return Finding.passed(files + " files of " + shop.source().name(run.commit()));
    }

    private Finding readYaml() {
        PawlYaml read = PawlYaml.read(source);
        yaml = read;
        selection.requireDeclared(read.ci());
        selection = selection.of(read.ci());
        ProjectName named = read.project();
        return named.equals(run.project())
                ? Finding.passed("")
                : Finding.failed("%s names the project '%s', but it was pushed to the repository '%s'; make them equal"
                        .formatted(PawlYaml.FILE, named, run.project()));
    }

    private Finding isContained() {
        return shop.source().mustBeContained(run.project(), run.commit())
                ? new Containment(requireNonNull(yaml)).of(run)
                : Finding.passed("");
    }

    private Finding integrationIsDeclared() {
        return plan().integration().isPresent()
                ? Finding.passed("")
                : Finding.failed(
                        "No integration check is declared, and a pipeline that never ran is not packaged; add to"
                                + " pawl.yaml:\nci:\n  checks:\n    integration: { sample: <rows>, within: 2m }");
    }

    private Finding build() throws InterruptedException {
        Optional<String> line = plan().build();
        if (line.isEmpty()) {
            return Finding.passed("there is nothing to build");
        }
        Path log = logs.resolve("build.log");
        var caches = new CacheUse(shop, run, plan().commands(), source, commands.home());
        caches.restore();
        BuildCommands.Ran ran = commands.run(line.get(), source, plan().commands(), log, plan().buildTimeout());
        Finding finding = commands.finding(ran, log, "The build", plan().buildTimeout(), "ci.within");
        return finding.passed() ? caches.keep(finding) : finding;
    }

    private Finding test(UnitCheck unit) throws InterruptedException {
        Optional<Finding> earlier = selection.takenOver(unit.check());
        if (earlier.isPresent()) {
            tests = tests.plus(TestCounts.in(earlier.get()));
            shop.store()
                    .database()
                    .change(tx ->
                            new TestStore().copy(tx, run.scope().rerunOf().orElseThrow(), run.id(), unit.check()));
            return earlier.get();
        }
        UnitVerdict verdict = new UnitTests(shop, commands, run, source, logs, requireNonNull(content))
                .examine(unit, plan().commands());
        tests = tests.plus(verdict.counts());
        return verdict.finding();
    }

    private Finding own(OwnCheck own) throws InterruptedException {
        Optional<Finding> earlier = selection.takenOver(own.check());
        return earlier.isPresent()
                ? earlier.get()
                : new OwnCommand(shop, commands, run, own, folder)
                        .examine(source, plan().commands(), Map.of(), Map.of());
    }

    private Finding packageIsThere() {
        ProjectPackage.classPath(source, plan());
        return Finding.passed("");
    }

    private Finding compile() throws InterruptedException {
        PawlYaml read = requireNonNull(yaml);
        Optional<String> described = Optional.empty();
        if (read.pipelineClass().isPresent()) {
            List<Path> classPath = ProjectPackage.classPath(source, plan());
            String className = read.pipelineClass().get();
            described = Optional.of(
                    PipelineClass.describe(shop.commands(), shop.javaHome(), classPath, className, commands::record));
        }
        Definition compiled = read.compile(described);
        definition = compiled;
        DeclaredParameters declared = DeclaredParameters.of(described);
        further = Stream.concat(
                        compiled.ci().convergence().stream()
                                .flatMap(check -> new ConvergencePlan(compiled, declared, check, shop.definitions())
                                        .runs().stream()),
                        compiled.ci().difference().stream()
                                .flatMap(check -> new DifferencePlan(compiled, declared, check, shop.definitions())
                                        .runs().stream()))
                .toList();
        return Finding.passed("%d steps, definition %s"
                .formatted(compiled.steps().size(), compiled.digest().brief()));
    }

    private Finding pack() throws InterruptedException {
        Definition compiled = requireNonNull(definition);
        Digest digest = ProjectPackage.keep(shop.store().artifacts(), source, compiled);
        packageDigest = digest;
        if (compiled.ci().reproducible()) {
            Finding second = new SecondBuild(shop, run, folder, folder.resolve("once-more")).compare(compiled, digest);
            if (!second.passed()) {
                return second;
            }
        }
        Made made = shop.packaging().make(origin(), digest, compiled, source, folder.resolve("packaging"));
        return Finding.passed(PackageSummary.of(made, compiled.ci().reproducible()))
                .with(made);
    }

    /** An address of a server changes; that of a repository on it does not. */
    private Origin origin() {
        return new Origin(
                run.project(),
                "pawl:git/" + run.project() + ".git",
                "refs/heads/" + run.branch(),
                run.commit(),
                shop.source().committedAt(run.project(), run.commit()));
    }

    private CiPlan plan() {
        return requireNonNull(yaml).ci();
    }
}
