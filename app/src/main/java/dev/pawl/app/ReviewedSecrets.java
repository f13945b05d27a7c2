package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiRun;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.Secrets;
import dev.pawl.source.SourceControl;
import java.util.Optional;

/**
 * Keeps secrets from the code of commits that nobody has reviewed, in projects with a branch that takes reviewed ones only: whoever can push a
 * branch could print them otherwise.
 */
final class ReviewedSecrets implements Secrets {
    private final Secrets all;
    private volatile Optional<Known> known = Optional.empty();

    private record Known(Ci ci, SourceControl source) {}

    ReviewedSecrets(Secrets all) {
        this.all = all;
    }

    /** To be called before any run begins. */
    void ask(Ci ci, SourceControl source) {
        known = Optional.of(new Known(ci, source));
    }

    @Override
    public Optional<Secret> find(ProjectName project, String name) {
        return all.find(project, name);
    }

    @Override
    public String command(ProjectName project, String name) {
        return all.command(project, name);
    }

    /** Runs that no check wanted are of packages, which somebody has deployed. */
    @Override
    public Optional<String> withheld(RunSpec run) {
        return switch (run.purpose()) {
            case EXPERIMENT, PRODUCTION, BACKFILL -> Optional.empty();
            case INTEGRATION ->
                known.flatMap(it -> it.ci().ofCheckRun(run.id()).flatMap(ciRun -> withheld(it.source(), ciRun)));
        };
    }

    private static Optional<String> withheld(SourceControl source, CiRun run) {
        return source.asksForReviews(run.project()) && !source.isReviewed(run.project(), run.commit())
                ? Optional.of(
                        "nobody has reviewed commit %s. Have its proposal approved (pawl review approve), then check it again with: pawl ci rerun %s"
                                .formatted(run.commit(), run.id()))
                : Optional.empty();
    }
}
