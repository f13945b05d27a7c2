package dev.pawl.trigger;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.pawl.definition.Definition;
import dev.pawl.definition.TriggerRule.OnSchedule;
import dev.pawl.kernel.Fact;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Database;
import dev.pawl.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps the schedules of deployed pipelines, in wall time and UTC. Firings missed while Pawl was down count as one. */
final class Schedule {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Database database;
    private final TriggerStore store;
    private final Definitions definitions;
    private final Requests requests;

    Schedule(Database database, TriggerStore store, Definitions definitions, Requests requests) {
        this.database = database;
        this.store = store;
        this.definitions = definitions;
        this.requests = requests;
    }

    static List<OnSchedule> rules(Definition definition) {
        return definition.triggers().stream()
                .filter(OnSchedule.class::isInstance)
                .map(OnSchedule.class::cast)
                .toList();
    }

    /** Requests what is due. How far the schedule was kept moves in the same transaction: nothing fires twice or never. */
    void check(DeployedPipeline pipeline, Instant now) {
        List<OnSchedule> rules = rules(definitions.get(pipeline.definition()));
        Optional<Instant> since = rules.isEmpty() ? Optional.empty() : database.read(tx -> since(tx, pipeline));
        if (since.isPresent() && !due(rules, since.get(), now).isEmpty()) {
            database.change(tx -> fire(tx, pipeline, rules, now));
        }
    }

    /** When the pipeline's schedule is to be looked at next, if it has one. */
    Optional<Instant> next(DeployedPipeline pipeline) {
        List<OnSchedule> rules = rules(definitions.get(pipeline.definition()));
        return rules.isEmpty()
                ? Optional.empty()
                : database.read(tx -> since(tx, pipeline))
                        .flatMap(since -> rules.stream()
                                .flatMap(rule -> next(rule.cron(), since).stream())
                                .min(Comparator.naturalOrder()));
    }

    static List<OnSchedule> due(List<OnSchedule> rules, Instant since, Instant now) {
        return rules.stream()
                .filter(rule -> next(rule.cron(), since)
                        .filter(next -> !next.isAfter(now))
                        .isPresent())
                .toList();
    }

    /** The first firing after a moment. */
    static Optional<Instant> next(String cron, Instant after) {
        return ExecutionTime.forCron(PARSER.parse(cron))
                .nextExecution(after.atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toInstant);
    }

    private Optional<Instant> since(Tx tx, DeployedPipeline pipeline) {
        return store.state(tx, pipeline.project(), pipeline.environment()).map(TriggerState::scheduleSince);
    }

    /** Looks again, now that the row is held: another server may have been faster. */
    private void fire(Tx tx, DeployedPipeline pipeline, List<OnSchedule> rules, Instant now) {
        TriggerState state = store.hold(tx, pipeline.project(), pipeline.environment(), now);
        List<OnSchedule> due = due(rules, state.scheduleSince(), now);
        if (!due.isEmpty()) {
            store.scheduleSince(tx, pipeline, now);
            String crons = due.stream().map(OnSchedule::cron).collect(Collectors.joining("', '", "'", "'"));
            Duration cooldown = due.stream()
                    .map(OnSchedule::cooldown)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Fact.Reason reason = new Fact.Reason(Fact.Trigger.SCHEDULE, "the schedule " + crons + " was due");
            requests.make(tx, pipeline, state, new Decision.Request(reason, state.present(now), false, cooldown));
        }
    }
}
