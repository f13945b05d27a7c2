package dev.pawl.pipeline;

import dev.pawl.kernel.Count;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept although nobody needs it.
 *
 * @param runs those that ended within this time, and entries of the step cache that are no older
 * @param last of each project and purpose, so many newest runs
 * @param grace nothing that was put, or let go of, within this time is deleted: longer than any request may take, and than clocks
 *     may differ
 */
public record KeepPolicy(Duration runs, int last, Duration grace) {
    public static final KeepPolicy USUAL = new KeepPolicy(Duration.ofDays(30), 20, Duration.ofHours(1));
    private static final int MOST_DAYS = 36_500;

    public KeepPolicy {
        require(
                !runs.isNegative() && runs.toDays() <= MOST_DAYS,
                "Runs are kept for 0 to " + MOST_DAYS + " days, not " + runs.toDays());
        require(last >= 0, "The number of runs to keep is 0 or more, not " + last);
    }

    /** A run as the policy sees it. */
    record Candidate(
            RunId id,
            ProjectName project,
            Purpose purpose,
            Instant submittedAt,
            Optional<Instant> endedAt,
            boolean pinned,
            Optional<RunId> resumes) {}

    /**
     * Why each run stays; a run without a reason goes.
     *
     * @param needed runs that somebody needs, with the reason
     */
    Map<RunId, String> stays(List<Candidate> all, Map<RunId, String> needed, Instant now) {
        Map<RunId, String> stays = new HashMap<>();
        Map<String, Integer> rank = new HashMap<>();
        all.stream()
                .sorted(Comparator.comparing(Candidate::submittedAt)
                        .thenComparing(run -> run.id().value())
                        .reversed())
                .forEach(run -> {
                    int place = rank.merge(run.project() + " " + run.purpose(), 1, Integer::sum);
                    reason(run, place, needed, now).ifPresent(why -> stays.put(run.id(), why));
                });
        all.stream()
                .filter(run -> run.endedAt().isEmpty())
                .flatMap(run -> run.resumes().stream())
                .forEach(resumed -> stays.putIfAbsent(resumed, "an open run takes over its steps"));
        return stays;
    }

    private Optional<String> reason(Candidate run, int place, Map<RunId, String> needed, Instant now) {
        if (run.endedAt().isEmpty()) {
            return Optional.of("open");
        }
        if (run.pinned()) {
            return Optional.of("pinned");
        }
        if (needed.containsKey(run.id())) {
            return Optional.of("needed by " + needed.get(run.id()));
        }
        if (run.endedAt().get().isAfter(now.minus(runs))) {
            return Optional.of("ended within " + Count.of(runs.toDays(), "day"));
        }
        return place <= last
                ? Optional.of("one of the last %d of its project and purpose".formatted(last))
                : Optional.empty();
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw PawlException.user("bad-policy", otherwise);
        }
    }
}
