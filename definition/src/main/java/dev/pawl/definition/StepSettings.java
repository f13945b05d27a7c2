package dev.pawl.definition;

import dev.pawl.definition.Definition.RetryOn;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.kernel.Expression;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be said of any step, whatever it runs: in pawl.yaml, and for methods in their class as well.
 *
 * @param place of the step
 * @param parameters text, numbers and truth values by name
 * @param secrets the secret's name by that of the variable, or parameter, that gets its value
 */
record StepSettings(
        YamlPlace place,
        SequencedMap<String, YamlScalar> parameters,
        Optional<Placed<Expression>> when,
        Optional<Boolean> always,
        RetrySettings retry,
        Optional<Duration> timeout,
        Optional<Boolean> cache,
        ResourceSettings resources,
        Optional<String> pool,
        SequencedMap<String, Placed<String>> secrets,
        Optional<List<String>> tags) {
    private static final YamlFormat<String> PARAMETER = YamlFormat.nameOf("a parameter");

    private static final YamlFormat<Expression> WHEN = new YamlFormat<>(
            "a condition such as evaluate.mape < 0.05 (quoted, where YAML would take it for something else)",
            Expression.parse("true"),
            scalar -> YamlFormat.TEXT.reading().apply(scalar).map(text -> Expression.parse(text.replace('\n', ' '))));

    /** For a step of which nothing is said. */
    static StepSettings absent(YamlPlace place) {
        return new StepSettings(
                place,
                Collections.emptyNavigableMap(),
                Optional.empty(),
                Optional.empty(),
                RetrySettings.NONE,
                Optional.empty(),
                Optional.empty(),
                ResourceSettings.NONE,
                Optional.empty(),
                Collections.emptyNavigableMap(),
                Optional.empty());
    }

    /** @param failures which ones can be tried again: what is seen of a command is not what is seen of a method */
    static StepSettings read(YamlMap step, YamlFormat<RetryOn> failures) {
        return read(
                step,
                parameters(step.mapOrEmpty("parameters")),
                RetrySettings.read(step, failures),
                ResourceSettings.read(step.mapOrEmpty("resources"), "cpu-time"));
    }

    /** As a class describes it, which says of parameters more than values. */
    static StepSettings described(YamlMap step) {
        return read(
                step,
                Collections.emptyNavigableMap(),
                RetrySettings.read(step, RetrySettings.OF_METHODS),
                ResourceSettings.read(step, "cpu_time"));
    }

    private static StepSettings read(
            YamlMap step,
            SequencedMap<String, YamlScalar> parameters,
            RetrySettings retry,
            ResourceSettings resources) {
        return new StepSettings(
                step.place(),
                parameters,
                step.placed("when", WHEN),
                step.optional("always", YamlFormat.TRUTH),
                retry,
                step.optional("timeout", YamlFormat.POSITIVE_DURATION),
                step.optional("cache", YamlFormat.TRUTH),
                resources,
                step.optional("pool", YamlFormat.LOWER_NAME),
                secrets(step.mapOrEmpty("secrets")),
                step.optionalList("tags", YamlFormat.LOWER_NAME));
    }

    private static SequencedMap<String, YamlScalar> parameters(YamlMap parameters) {
        parameters.scalars(YamlFormat.PARAMETER).keySet().forEach(name -> {
            parameters.name(name, PARAMETER);
            SecretLike.refuse(name, parameters.keyPlace(name), SecretLike.IN_PAWL_YAML, parameters.problems());
        });
        return parameters.scalars();
    }

    private static SequencedMap<String, Placed<String>> secrets(YamlMap secrets) {
        var placed = new LinkedHashMap<String, Placed<String>>();
        secrets.scalars(YamlFormat.LOWER_NAME)
                .forEach((name, secret) -> placed.put(name, new Placed<>(secrets.keyPlace(name), secret)));
        return placed;
    }

    /** The parameters as they are written, where nobody declares what type they have. */
    SortedMap<String, Object> writtenParameters() {
        var written = new TreeMap<String, Object>();
        parameters.forEach((name, scalar) -> scalar.content().ifPresent(content -> written.put(name, content)));
        return written;
    }

    /** What is not said here is as it is there. */
    StepSettings over(StepSettings there) {
        var bothSecrets = new LinkedHashMap<>(there.secrets);
        bothSecrets.putAll(secrets);
        return new StepSettings(
                place,
                parameters,
                when.or(there::when),
                always.or(there::always),
                retry.over(there.retry),
                timeout.or(there::timeout),
                cache.or(there::cache),
                resources.over(there.resources),
                pool.or(there::pool),
                bothSecrets,
                tags.or(there::tags));
    }

    StepRules rules(Problems problems) {
        var usual = StepRules.usual();
        boolean isAlways = always.orElse(usual.always());
        var secretNames = new TreeMap<String, String>();
        secrets.forEach((name, secret) -> secretNames.put(name, secret.value()));
        return new StepRules(
                when.map(condition -> condition.value().toString()),
                isAlways,
                retry.retry(problems),
                timeout.orElse(usual.timeout()),
                cache.orElse(usual.cache() && !isAlways),
                resources.resources(),
                pool.orElse(usual.pool()),
                secretNames,
                tags.orElse(usual.tags()));
    }
}
