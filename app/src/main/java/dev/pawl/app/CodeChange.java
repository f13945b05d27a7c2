package dev.pawl.app;

import dev.pawl.experiment.SourceDifference;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How the code of one run differs from another's.
 *
 * @param files lines added and removed, by file
 * @param patch uncommitted changes included; empty if git could not tell, and the files are those of the packages then
 */
record CodeChange(RunId from, RunId to, List<Patch.Change> files, Optional<String> patch) {
    private static final int MOST_LINES = 200;

    static CodeChange between(Notebook notebook, SourceDifference code, Run from, Run to) throws InterruptedException {
        RunId before = from.spec().id();
        RunId after = to.spec().id();
        Optional<String> patch = code.between(
                notebook.experiments().get(before).source(),
                notebook.experiments().get(after).source());
        List<Patch.Change> files =
                patch.map(text -> new Patch(text).changes()).orElseGet(() -> packaged(notebook, from, to));
        return new CodeChange(before, after, files, patch);
    }

    void print(Printed printed) {
        if (files.isEmpty()) {
            return;
        }
        printed.line("");
        printed.line(
                "code from " + from + " to " + to + (patch.isPresent() ? "" : " (packaged files; git cannot tell)"));
        files.forEach(file -> printed.line(
                patch.isPresent()
                        ? "  %s +%d -%d".formatted(file.file(), file.added(), file.removed())
                        : "  " + file.file()));
        patch.ifPresent(text -> print(text, printed));
    }

    private static void print(String patch, Printed printed) {
        List<String> lines = patch.lines().toList();
        printed.line("");
        lines.stream().limit(MOST_LINES).forEach(printed::line);
        if (lines.size() > MOST_LINES) {
            printed.line("... %s; --json has up to %d KiB of them"
                    .formatted(Count.of(lines.size() - MOST_LINES, "more line"), SourceDifference.MOST_BYTES / 1024));
        }
    }

    /** The files that are in one package only, or other than in the other one. */
    private static List<Patch.Change> packaged(Notebook notebook, Run from, Run to) {
        var artifacts = notebook.store().artifacts();
        SortedMap<String, Digest> before = artifacts.members(from.spec().packageDigest());
        SortedMap<String, Digest> after = artifacts.members(to.spec().packageDigest());
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Patch.Change> changes = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                changes.add(new Patch.Change(name, 0, 0));
            }
        }
        return changes;
    }
}
