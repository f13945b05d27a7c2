package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.function.Consumer;

/**
 * Makes the checks of one CI run and keeps what each finds, at once, so that people can watch. Nothing is kept of a run that is over
 * meanwhile: whoever makes its checks is told so.
 */
final class CheckRecorder {
    /** The code of what is thrown when nobody waits for the checks of the run any more. */
    static final String NOT_WANTED = "ci-run-not-wanted";

    private final Store store;
    private final CiStore runs = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final CiRunId run;

    CheckRecorder(Store store, CiRunId run) {
        this.store = store;
        this.run = run;
    }

    /** A check's work. A {@link PawlException} for which the user has to act is a finding. */
    interface Body {
        Finding examine() throws InterruptedException;
    }

    Finding record(String check, Body body) throws InterruptedException {
        began(check);
        Finding finding = examine(body);
        write(tx -> checks.ended(tx, run, check, finding, store.clock().now()));
        return finding;
    }

    /** For what may only turn the commit down: of a look that finds nothing wrong, nothing is kept. */
    Finding recordIfFailed(String check, Body body) throws InterruptedException {
        Finding finding = examine(body);
        return finding.passed() ? finding : record(check, () -> finding);
    }

    private void began(String check) {
        write(tx -> checks.began(tx, run, check, store.clock().now()));
    }

    /** The run is held meanwhile, so that nobody ends it between the look and the write. */
    private void write(Consumer<Tx> rows) {
        store.database().change(tx -> {
            CiState state = runs.locked(tx, run).state();
            if (state != CiState.CHECKING) {
                throw PawlException.conflict(NOT_WANTED, "CI run %s is %s".formatted(run, state));
            }
            rows.accept(tx);
        });
    }

    /** What its author has to mend is a finding; what is broken here is thrown. */
    static Finding examine(Body body) throws InterruptedException {
        try {
            return body.examine();
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, NOT_FOUND, CONFLICT, LIMIT -> Finding.failed(e.text());
                case EXTERNAL, INTERNAL -> throw e;
            };
        }
    }
}
