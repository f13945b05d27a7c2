package dev.pawl.ci;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Builds a commit once more where everything that should not matter is another: the folder, the time, the time zone and the locale. The
 * package must be the same. The rights of files need no second try: every build has the same ones. Its home is empty and no cache is used, so
 * that it shows that the first build did not rest on one.
 *
 * @param attempt the folder of the attempt
 * @param folder in it, for the second checkout with its home and log
 */
record SecondBuild(Workshop shop, CiRun run, Path attempt, Path folder) {
    private static final String ELSEWHERE = "export TZ=Pacific/Auckland LC_ALL=POSIX\n";
    private static final int MOST_NAMED = 20;

    Finding compare(Definition definition, Digest first) throws InterruptedException {
        Path again = folder.resolve("source");
        shop.source().checkOut(run.project(), run.commit(), again);
        CiPlan plan = definition.ci();
        if (plan.build().isPresent()) {
            Path log = folder.resolve("build.log");
            String line = ELSEWHERE + plan.build().get();
            var commands = new BuildCommands(shop, run.id(), attempt, folder);
            BuildCommands.Ran ran = commands.run(line, again, plan.commands(), log, plan.buildTimeout());
            Finding built = commands.finding(ran, log, "The second build", plan.buildTimeout(), "ci.within");
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
