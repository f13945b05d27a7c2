package dev.pawl.ci;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Repository;

/**
 * Builds a commit once more where everything that should not matter is another: the folder, the time, the time zone and the locale. The
 * package must be the same. The rights of files need no second try: every build has the same ones.
 *
 * @param folder for the second checkout and its log
 */
record SecondBuild(Workshop shop, BuildCommands commands, CiRun run, Path folder) {
    private static final String ELSEWHERE = "export TZ=Pacific/Auckland LC_ALL=POSIX\n";
    private static final int MOST_NAMED = 20;

    Finding compare(Definition definition, Digest first) throws InterruptedException {
        Path again = folder.resolve("once-more");
        try (Repository repository = shop.repositories().open(run.project())) {
            new Checkout(repository, again).write(run.commit());
        }
        CiPlan plan = definition.ci();
        if (plan.build().isPresent()) {
            Path log = folder.resolve("once-more.log");
            String line = ELSEWHERE + plan.build().get();
            Commands.Result result = commands.run(line, again, plan.python(), log, plan.buildTimeout());
            Finding built = commands.finding(result, log, "The second build", plan.buildTimeout(), "ci.within");
            if (!built.passed()) {
                return built;
            }
        }
        Artifacts artifacts = shop.store().artifacts();
        Digest second = ProjectPackage.keep(artifacts, again, definition);
        return second.equals(first)
                ? Finding.passed("built twice, with one content")
                : Finding.failed(differences(artifacts.members(first), artifacts.members(second)));
    }

    private static String differences(SortedMap<String, Digest> first, SortedMap<String, Digest> second) {
        TreeSet<String> paths = new TreeSet<>(first.keySet());
        paths.addAll(second.keySet());
        List<String> different = paths.stream()
                .filter(path -> !Objects.equals(first.get(path), second.get(path)))
                .toList();
        String named = String.join("\n", different.stream().limit(MOST_NAMED).toList());
        return """
            The build is not reproducible: done again in another folder, time zone and locale, it gave another package.
            %s:
            %s\
            """.formatted(
                different.isEmpty()
                        ? "The files are the same, but not which of them are executable"
                        : "%d of %d files differ".formatted(different.size(), paths.size()),
                named).strip();
    }
}
