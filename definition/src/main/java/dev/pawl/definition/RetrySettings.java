package dev.pawl.definition;

import dev.pawl.definition.Definition.OnException;
import dev.pawl.definition.Definition.OnExit;
import dev.pawl.definition.Definition.OnTimeout;
import dev.pawl.definition.Definition.Retry;
import dev.pawl.definition.Definition.RetryOn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * {@code retry}: what pawl.yaml, or the class, says of trying a step again.
 *
 * @param place where it stands; empty if it does not
 */
record RetrySettings(
        Optional<YamlPlace> place,
        Optional<Integer> attempts,
        Optional<Duration> backoff,
        Optional<Double> factor,
        Optional<Duration> longest,
        Optional<List<RetryOn>> on) {
    static final RetrySettings NONE = new RetrySettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String TIMEOUT_OR_EXIT = "timeout|exit ([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final String PACKAGED_CLASS = "[A-Za-z_$][A-Za-z0-9_$]*(?:\\.[A-Za-z_$][A-Za-z0-9_$]*)+";

    /** What a command throws, if its language knows such a thing, is not seen from outside. */
    static final YamlFormat<RetryOn> OF_COMMANDS = YamlFormat.matching(
            "timeout, or exit and a code from 1 to 255 such as exit 3; a command throws no exceptions",
            TIMEOUT_OR_EXIT,
            new OnTimeout(),
            RetrySettings::failure);

    static final YamlFormat<RetryOn> OF_METHODS = YamlFormat.matching(
            "timeout, exit and a code such as exit 137, or the full name of an exception such as java.io.IOException",
            TIMEOUT_OR_EXIT + "|(" + PACKAGED_CLASS + ")",
            new OnTimeout(),
            RetrySettings::failure);

    private static final int MOST_ATTEMPTS = 10;
    private static final int HIGHEST_FACTOR = 10;
    private static final YamlFormat<Double> FACTOR = new YamlFormat<>(
            "a number from 1 to " + HIGHEST_FACTOR,
            1.0,
            scalar -> scalar.number()
                    .map(BigDecimal::doubleValue)
                    .filter(factor -> factor >= 1 && factor <= HIGHEST_FACTOR));

    private static RetryOn failure(MatchResult match) {
        if (match.group(1) != null) {
            return new OnExit(Integer.parseInt(match.group(1)));
        }
        boolean thrown = match.groupCount() > 1 && match.group(2) != null;
        return thrown ? new OnException(match.group(2)) : new OnTimeout();
    }

    static RetrySettings read(YamlMap step, YamlFormat<RetryOn> failures) {
        step.refuse("attempts", "is written as retry: { attempts: 3 }");
        return step.map("retry")
                .map(retry -> new RetrySettings(
                        Optional.of(retry.place()),
                        retry.optional("attempts", YamlFormat.whole(1, MOST_ATTEMPTS)),
                        retry.optional("backoff", YamlFormat.DURATION),
                        retry.optional("factor", FACTOR),
                        retry.optional("longest", YamlFormat.DURATION),
                        retry.optionalList("on", failures)))
                .orElse(NONE);
    }

    /** What is not said here is as it is there. */
    RetrySettings over(RetrySettings there) {
        return new RetrySettings(
                place.or(there::place),
                attempts.or(there::attempts),
                backoff.or(there::backoff),
                factor.or(there::factor),
                longest.or(there::longest),
                on.or(there::on));
    }

    Retry retry(Problems problems) {
        place.ifPresent(said -> check(said, problems));
        Duration first = backoff.orElse(Retry.NEVER.backoff());
        return new Retry(
                attempts.orElse(Retry.NEVER.attempts()),
                first,
                factor.orElse(Retry.NEVER.factor()),
                longest.orElse(longer(first, Retry.NEVER.longest())),
                on.orElse(Retry.NEVER.on()));
    }

    private void check(YamlPlace said, Problems problems) {
        if (attempts.isEmpty()) {
            problems.addUnlessTold(said.named("attempts"), "is missing: it must be a whole number from 1 to 10");
        }
        Duration first = backoff.orElse(Retry.NEVER.backoff());
        if (longest.isPresent() && longest.get().compareTo(first) < 0) {
            problems.addUnlessTold(
                    said.named("longest"), "no pause can be longer than that, but the first one is: see backoff");
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
