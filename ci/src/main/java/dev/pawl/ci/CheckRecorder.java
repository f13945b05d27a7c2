package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;

/** Makes the checks of one CI run and keeps what each finds, at once, so that people can watch. */
final class CheckRecorder {
    private final Store store;
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
        store.database()
                .change(tx ->
                        checks.ended(tx, run, check, finding, store.clock().now()));
        return finding;
    }

    /** For what may only turn the commit down: of a look that finds nothing wrong, nothing is kept. */
    Finding recordIfFailed(String check, Body body) throws InterruptedException {
        Finding finding = examine(body);
        return finding.passed() ? finding : record(check, () -> finding);
    }

    private void began(String check) {
        store.database().change(tx -> checks.began(tx, run, check, store.clock().now()));
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
