package dev.pawl.definition;

import dev.pawl.definition.CiPlan.After;
import dev.pawl.definition.CiPlan.OwnCheck;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** {@code ci.checks.own}: checks that the project brings itself, under names that the author chose. */
final class OwnSection {
    private static final int MOST = 10;

    private static final YamlFormat<After> AFTER = YamlFormat.matching(
            "build or integration",
            "build|integration",
            After.INTEGRATION,
            match -> After.valueOf(match.group().toUpperCase(Locale.ROOT)));

    private OwnSection() {}

    static List<OwnCheck> read(YamlMap own, Duration within) {
        List<OwnCheck> checks = own.maps().entrySet().stream()
                .map(entry -> check(own.name(entry.getKey(), YamlFormat.LOWER_NAME), entry.getValue(), within))
                .toList();
        if (checks.isEmpty() || checks.size() > MOST) {
            own.problems().add(own.place(), "there are %d, and may be 1 to %d".formatted(checks.size(), MOST));
        }
        return checks;
    }

    private static OwnCheck check(String name, YamlMap check, Duration within) {
        return new OwnCheck(
                name,
                check.required("run", YamlFormat.TEXT),
                check.optional("within", YamlFormat.POSITIVE_DURATION, within),
                check.optional("after", AFTER, After.INTEGRATION));
    }
}
