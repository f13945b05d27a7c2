package dev.pawl.ci;

import dev.pawl.kernel.Json;
import dev.pawl.packaging.Build;
import dev.pawl.packaging.Made;
import dev.pawl.packaging.Packaging;
import dev.pawl.store.Tx;
import java.util.List;

/** Signs what a package came from, with what every check said, in the transaction that makes it a package. */
final class Signing {
    private final Packaging packaging;
    private final CheckStore checks = new CheckStore();

    Signing(Packaging packaging) {
        this.packaging = packaging;
    }

    /** Nothing is signed of a package that an earlier Pawl has put together: it did not say what of. */
    void sign(Tx tx, long number, CiRun run, CiPackage built) {
        List<CiCheck> all = checks.checks(tx, run.id());
        all.stream()
                .filter(check -> check.name().equals(CiCheck.PACKAGE)
                        && !check.evidence().isEmpty())
                .map(check -> Json.read(Json.write(Selection.Taken.original(check)), Made.class))
                .forEach(made -> packaging.sign(
                        tx,
                        number,
                        new Build(
                                run.id(),
                                made,
                                built.definition(),
                                run.startedAt().orElse(run.queuedAt()),
                                built.builtAt(),
                                all.stream().map(Signing::checked).toList())));
    }

    private static Build.Checked checked(CiCheck check) {
        return new Build.Checked(
                check.name(), check.state() == CiCheck.State.PASSED, check.summary(), check.evidence());
    }
}
