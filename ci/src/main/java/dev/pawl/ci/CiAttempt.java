package dev.pawl.ci;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Jobs;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks one commit. Every attempt has a folder of its own, so that one that was cut short leaves nothing to stumble on. */
final class CiAttempt implements Worker.Handler {
    private final Workshop shop;
    private final CiProgress progress;
    private final CiStore rows = new CiStore();

    CiAttempt(Workshop shop, CiProgress progress) {
        this.shop = shop;
        this.progress = progress;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        CiRunId id = new CiRunId(job.key());
        Optional<CiRun> run = shop.store().database().transact(tx -> progress.begin(tx, id));
        if (run.isEmpty()) {
            return _ -> {};
        }
        Path folder = shop.folder().resolve(id + "-" + job.generation());
        try {
            Selection selection = Selection.of(run.get().scope(), progress.earlierChecks(run.get()));
            Candidate candidate = new Candidate(shop, run.get(), folder, selection);
            Optional<Verdict> verdict = WhileWanted.make(candidate::examine, () -> isWanted(id));
            return tx -> verdict.ifPresent(found -> progress.conclude(tx, id, found));
        } catch (PawlException e) {
            if (e.code().equals(CheckRecorder.NOT_WANTED)) {
                return _ -> {}; // it was ended a moment before a check began or ended
            }
            throw e;
        } finally {
            Folders.delete(folder);
        }
    }

    private boolean isWanted(CiRunId id) {
        return shop.store()
                .database()
                .read(tx -> rows.run(tx, id))
                .filter(run -> run.state() == CiState.CHECKING)
                .isPresent();
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        progress.gaveUp(tx, new CiRunId(job.key()), error);
    }
}
