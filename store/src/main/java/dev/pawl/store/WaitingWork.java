package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ledger and the jobs need: all that facts name which a reader has not handled yet, the definitions that any fact names, so
 * that a reader that is new may begin at the first one, and all that open jobs name.
 */
public record WaitingWork(Store store) implements Needs {
    private static final Pattern DEFINITION = Pattern.compile("\"definition\":\"(sha256:[0-9a-f]{64})\"");
    private static final int PAGE = 1_000;

    @Override
    public void needs(Tx tx, Needed needed) {
        store.readers().forEach(reader -> facts(tx, reader, needed));
        tx.list(row -> definition(row.text("body"), needed), """
            select distinct body from fact where body like '%"definition":"sha256:%'
            """);
        tx.list(
                row -> {
                    needed.text(row.text("payload"), "a job that is not done");
                    return true;
                },
                "select payload from job where state <> 'DEAD'");
    }

    /** When the oldest job that is not done was added: not before that, to the millisecond. */
    public Optional<Instant> oldestJob(Tx tx) {
        return tx.first(
                        row -> row.optionalInstant("oldest"),
                        "select min(generation - attempt) as oldest from job where state <> 'DEAD'")
                .flatMap(oldest -> oldest);
    }

    private static void facts(Tx tx, FactReader reader, Needed needed) {
        List<Ledger.Entry> page = reader.waiting(tx, 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(entry ->
                    needed.text(Json.write(entry.fact()), "a fact that stage '" + reader.name() + "' has not handled"));
            page = reader.waiting(tx, page.getLast().position(), PAGE);
        }
    }

    private static boolean definition(String fact, Needed needed) {
        Matcher found = DEFINITION.matcher(fact);
        while (found.find()) {
            needed.artifact(new Digest(found.group(1)), "a definition that the ledger names");
        }
        return true;
    }
}
