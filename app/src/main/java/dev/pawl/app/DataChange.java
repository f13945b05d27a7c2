package dev.pawl.app;

import dev.pawl.definition.Definition.DataSource;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.TableDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a source of data differs between two runs.
 *
 * @param table empty if it is too long, or no table
 */
record DataChange(RunId from, RunId to, String source, Digest before, Digest after, Optional<TableDifference> table) {

    /** Of the sources that both runs saw, those whose content differs. */
    static List<DataChange> between(Notebook notebook, Run from, Run to) {
        SortedMap<String, Digest> before = notebook.runs().snapshots(from.spec().id());
        SortedMap<String, Digest> after = notebook.runs().snapshots(to.spec().id());
        List<DataChange> changes = new ArrayList<>();
        before.forEach((source, old) -> {
            Digest young = after.get(source);
            if (young != null && !young.equals(old)) {
                var time = Optional.ofNullable(notebook.definition(to).data().get(source))
                        .flatMap(DataSource::time);
                changes.add(new DataChange(
                        from.spec().id(), to.spec().id(), source, old, young, table(notebook, old, young, time)));
            }
        });
        return changes;
    }

    void print(Printed printed) {
        printed.line("");
        printed.line("data %s from %s to %s: %s -> %s".formatted(source, from, to, before.brief(), after.brief()));
        table.ifPresentOrElse(
                difference -> print(difference, printed),
                () -> printed.line(
                        "  not compared: no table, or more than %d rows".formatted(TableDifference.MOST_ROWS)));
    }

    private static void print(TableDifference difference, Printed printed) {
        printed.line("  %d -> %s: %d added, %d removed"
                        .formatted(
                                difference.rowsBefore(),
                                Count.of(difference.rowsAfter(), "row"),
                                difference.added(),
                                difference.removed())
                + difference
                        .key()
                        .map(key -> ", %d changed (same %s)".formatted(difference.changed(), key))
                        .orElse(" (no column tells rows apart: a changed row is both)"));
        if (!difference.columnsAdded().isEmpty() || !difference.columnsRemoved().isEmpty()) {
            printed.line("  columns added: %s, removed: %s"
                    .formatted(difference.columnsAdded(), difference.columnsRemoved()));
        }
    }

    private static Optional<TableDifference> table(
            Notebook notebook, Digest before, Digest after, Optional<String> time) {
        try {
            Path aside = Files.createTempDirectory("pawl-compare");
            try {
                Path old = aside.resolve("before.csv");
                Path young = aside.resolve("after.csv");
                notebook.store().artifacts().writeTo(before, old);
                notebook.store().artifacts().writeTo(after, young);
                return TableDifference.between(old, young, time.stream().toList());
            } finally {
                Folders.delete(aside);
            }
        } catch (IOException e) {
            throw Folders.trouble("compare data", e);
        } catch (PawlException e) {
            return Optional.empty();
        }
    }
}
