package dev.pawl.definition;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.pawl.kernel.PawlException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Checks a cron expression: five fields that name at least one moment. */
final class YamlCron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private YamlCron() {}

    static Optional<String> checked(String cron) {
        if (!everComes(parsed(cron))) {
            throw refused(cron, "its moment never comes");
        }
        return Optional.of(cron);
    }

    private static Cron parsed(String cron) {
        try {
            return PARSER.parse(cron);
        } catch (IllegalArgumentException e) {
            throw refused(cron, String.valueOf(e.getMessage()));
        }
    }

    private static boolean everComes(Cron cron) {
        return ExecutionTime.forCron(cron)
                .nextExecution(Instant.EPOCH.atZone(ZoneOffset.UTC))
                .isPresent();
    }

    private static PawlException refused(String cron, String because) {
        return PawlException.user(
                "bad-cron", "'%s' is not five fields of cron in UTC such as 0 3 * * *: %s".formatted(cron, because));
    }
}
