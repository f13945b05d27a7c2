package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.ci.CheckRecorder.Body;
import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.IntegrationCheck;
import dev.pawl.definition.CiPlan.UnitCheck;
import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.executor.PipelineClass;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import dev.pawl.packaging.Made;
import dev.pawl.packaging.Origin;
import dev.pawl.pipeline.ProjectPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
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
    private List<PlannedRun> convergence = List.of();
    private TestCounts tests = TestCounts.NONE;

    Candidate(Workshop shop, CiRun run, Path folder) {
        this.shop = shop;
        this.commands = new BuildCommands(shop.store(), shop.commands(), shop.executor(), run.id());
        this.run = run;
        this.source = folder.resolve("source");
        this.logs = folder.resolve("logs");
        this.folder = folder;
    }

    /** @param lookOnly whether it says something of the check only when it fails: the check itself comes later */
    private record Phase(String check, boolean lookOnly, Body body) {
        static Phase check(String check, Body body) {
            return new Phase(check, false, body);
        }

        static Phase look(String check, Body body) {
            return new Phase(check, true, body);
        }

        Finding take(CheckRecorder recorder) throws InterruptedException {
            return lookOnly ? recorder.recordIfFailed(check, body) : recorder.record(check, body);
        }
    }

    private List<Phase> phases() {
        return List.of(
                Phase.check(CiCheck.CHECKOUT, this::checkOut),
                Phase.look(CiCheck.DEFINITION, this::readYaml),
                Phase.look(CiCheck.UNIT, this::unitIsDeclared),
                Phase.look(CiCheck.INTEGRATION, this::integrationIsDeclared),
                Phase.check(CiCheck.BUILD, this::build),
                Phase.check(CiCheck.UNIT, this::test),
                Phase.look(CiCheck.PACKAGE, this::packageIsThere),
                Phase.check(CiCheck.DEFINITION, this::compile),
                Phase.check(CiCheck.PACKAGE, this::pack));
    }

    /** Makes the checks up to the package; the first that fails decides. */
    Verdict examine() throws InterruptedException {
        commands.endLeftBehind();
        CheckRecorder recorder = new CheckRecorder(shop.store(), run.id());
        for (Phase phase : phases()) {
            Finding finding = phase.take(recorder);
            if (!finding.passed()) {
                return new Verdict.Refused(phase.check(), finding.summary());
            }
        }
        Digest kept = shop.definitions().keep(requireNonNull(definition));
        List<PlannedRun> runs = new ArrayList<>(convergence);
        IntegrationCheck integration = plan().integration().orElseThrow();
        runs.addFirst(new PlannedRun(CiCheck.INTEGRATION, "", kept, integration.sample(), integration.within()));
        return new Verdict.Packed(requireNonNull(packageDigest), kept, tests, runs);
    }

    private Finding checkOut() {
        try (Repository repository = shop.repositories().open(run.project())) {
            int files = new Checkout(repository, source).write(run.commit());
            return Finding.passed(files + " files of commit " + run.commit());
        }
    }

    private Finding readYaml() {
        PawlYaml read = PawlYaml.read(source);
        yaml = read;
        ProjectName named = read.project();
        return named.equals(run.project())
                ? Finding.passed("")
                : Finding.failed("%s names the project '%s', but it was pushed to the repository '%s'; make them equal"
                        .formatted(PawlYaml.FILE, named, run.project()));
    }

    private Finding unitIsDeclared() {
        return plan().unit().isPresent()
                ? Finding.passed("")
                : Finding.failed(
                        "No unit tests are declared, and what was not tested is not packaged; add to pawl.yaml:\n"
                                + "ci:\n  checks:\n    unit: { run: <test command>, reports: <folder of JUnit XML> }");
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
        Commands.Result result = commands.run(line.get(), source, plan().python(), log, plan().buildTimeout());
        return commands.finding(result, log, "The build", plan().buildTimeout(), "ci.within");
    }

    private Finding test() throws InterruptedException {
        UnitCheck unit = plan().unit().orElseThrow();
        Path log = logs.resolve("unit.log");
        ReportFiles reports = ReportFiles.before(source.resolve(unit.reports()), unit.reports());
        Commands.Result result = commands.run(unit.run(), source, plan().python(), log, unit.within());
        Finding command = commands.finding(result, log, "The tests", unit.within(), "ci.checks.unit.within");
        UnitVerdict verdict = UnitVerdict.of(command, reports);
        tests = verdict.counts();
        return verdict.finding();
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
        convergence = compiled.ci()
                .convergence()
                .map(check -> new ConvergencePlan(compiled, declared, check, shop.definitions()).runs())
                .orElse(List.of());
        return Finding.passed("%d steps, definition %s"
                .formatted(compiled.steps().size(), compiled.digest().brief()));
    }

    private Finding pack() throws InterruptedException {
        Definition compiled = requireNonNull(definition);
        Digest digest = ProjectPackage.keep(shop.store().artifacts(), source, compiled);
        packageDigest = digest;
        if (compiled.ci().reproducible()) {
            Finding second = new SecondBuild(shop, commands, run, folder).compare(compiled, digest);
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
                shop.repositories().committedAt(run.project(), run.commit()));
    }

    private CiPlan plan() {
        return requireNonNull(yaml).ci();
    }
}
