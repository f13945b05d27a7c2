package dev.pawl.sdk;

import java.util.Arrays;
import java.util.Optional;

/** Whether what {@link Step} says of a method makes sense. */
record RulesCheck(StepMethod step, Problems problems) {
    private static final int MOST_ATTEMPTS = 10;
    private static final int HIGHEST_FACTOR = 10;
    private static final int MOST_CPUS = 1024;
    private static final String DURATION = "a duration is a whole number and ms, s, m, h or d, such as \"10m\"";

    void check() {
        Step rules = step.rules();
        checkRetry(rules);
        require(rules.timeout().isEmpty() || isPositive(rules.timeout()), timing("timeout", rules.timeout()));
        require(rules.cpuTime().isEmpty() || isPositive(rules.cpuTime()), timing("cpuTime", rules.cpuTime()));
        require(
                rules.memory().isEmpty() || Amounts.isMemory(rules.memory()),
                "has the memory \"" + rules.memory()
                        + "\": write a whole number and KB, MB, GB or TB, such as \"2GB\"");
        require(
                rules.cpus() >= 1 && rules.cpus() <= MOST_CPUS,
                "has " + rules.cpus() + " cpus: give it 1 to " + MOST_CPUS);
        require(rules.pool().isEmpty() || isName(rules.pool()), naming("pool", rules.pool()));
        Arrays.stream(rules.tags()).forEach(tag -> require(isName(tag), naming("tag", tag)));
        checkAlways(rules);
        if (!rules.when().isEmpty()) {
            checkCondition(rules.when());
        }
    }

    private void checkRetry(Step rules) {
        require(
                rules.attempts() >= 1 && rules.attempts() <= MOST_ATTEMPTS,
                "has " + rules.attempts() + " attempts: give it 1 to " + MOST_ATTEMPTS);
        require(Amounts.duration(rules.backoff()).isPresent(), timing("backoff", rules.backoff()));
        require(Amounts.duration(rules.longest()).isPresent(), timing("longest", rules.longest()));
        require(
                rules.factor() >= 1 && rules.factor() <= HIGHEST_FACTOR,
                "has the factor " + rules.factor() + ": pauses grow, so give it 1 to " + HIGHEST_FACTOR);
        require(
                !isLonger(rules.backoff(), rules.longest()),
                "has the backoff \"" + rules.backoff() + "\", which is longer than the longest pause, \""
                        + rules.longest() + "\"");
    }

    private void checkAlways(Step rules) {
        boolean asksForOutcome = step.arguments().stream().anyMatch(Argument.HowItEnded.class::isInstance);
        require(
                rules.always() || !asksForOutcome,
                "asks for the Outcome of the run, which only a step that always runs has: mark it @Step(always ="
                        + " true)");
        require(
                !rules.always() || step.inputs().isEmpty(),
                "always runs, also where no other step has, so it cannot take "
                        + step.inputs().stream().map(Argument.FromStep::name).toList()
                        + " of other steps: take sources, parameters, secrets and the Outcome only");
    }

    private void checkCondition(String when) {
        try {
            Condition.parse(when).names().forEach(name -> checkName(when, name));
        } catch (IllegalArgumentException e) {
            problems.add("has the " + e.getMessage());
        }
    }

    private void checkName(String when, String name) {
        String[] parts = name.split("\\.", 2);
        Optional<Argument.FromStep> input = step.inputs().stream()
                .filter(known -> known.name().equals(parts[0]))
                .findFirst();
        boolean known = parts.length == 1
                ? isSetting(name) || input.filter(one -> isOne(one, Kind.VALUE)).isPresent()
                : input.filter(one -> holds(one, parts[1])).isPresent();
        require(
                known,
                "has the condition \"" + when + "\" that names '" + name
                        + "': name a @Param, an input that is a value, or"
                        + " input.key of one that is a report or a record; not one that is optional or a list");
    }

    private boolean isSetting(String name) {
        return step.settings().stream().anyMatch(setting -> setting.name().equals(name));
    }

    private static boolean holds(Argument.FromStep input, String key) {
        return isOne(input, Kind.REPORT)
                || (isOne(input, Kind.RECORD)
                        && RecordTypes.mayHold(input.form().type(), key));
    }

    /** What may not be there cannot decide. */
    private static boolean isOne(Argument.FromStep input, Kind kind) {
        return !input.each()
                && !input.list()
                && !input.optional()
                && input.form().kind() == kind;
    }

    private static boolean isPositive(String text) {
        return Amounts.duration(text).filter(duration -> duration.isPositive()).isPresent();
    }

    private static boolean isLonger(String one, String other) {
        return Amounts.duration(one)
                .flatMap(first -> Amounts.duration(other).map(second -> first.compareTo(second) > 0))
                .orElse(false);
    }

    private static boolean isName(String text) {
        return Amounts.NAME.matcher(text).matches();
    }

    private static String naming(String what, String name) {
        return "has the " + what + " \"" + name + "\": write lower-case letters, digits, - and _, 63 at the most";
    }

    private static String timing(String what, String text) {
        return "has the " + what + " \"" + text + "\": " + DURATION;
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            problems.add(otherwise);
        }
    }
}
