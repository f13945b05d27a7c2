package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static dev.pawl.pipeline.TestStep.step;

import dev.pawl.definition.Definition;
import dev.pawl.store.TestDatabases;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of all combinations of what a pipeline looks like, what becomes of its step {@code subject}, and where that happens.
 */
record Scenario(Shape shape, Behaviour behaviour, Context context) {
    /** The subject first, in the middle, last, or once for each item of a list. */
    enum Shape {
        ALONE {
            @Override
            Definition definition(TestStep subject) {
                return pipeline(subject);
            }
        },
        CHAIN {
            @Override
            Definition definition(TestStep subject) {
                return pipeline(
                        step("first", "ok"),
                        subject.after("first"),
                        step("last", "ok").after("subject"));
            }
        },
        DIAMOND {
            @Override
            Definition definition(TestStep subject) {
                return pipeline(
                        step("first", "ok"),
                        subject.after("first"),
                        step("beside", "ok").after("first"),
                        step("last", "ok").after("subject", "beside"));
            }
        },
        FAN_OUT {
            @Override
            Definition definition(TestStep subject) {
                return pipeline(
                        step("first", "ok").givingList(),
                        subject.each("first"),
                        step("last", "ok").after("subject"));
            }
        },
        FINALLY {
            @Override
            Definition definition(TestStep subject) {
                return pipeline(subject, step("end", "ok").always());
            }
        };

        abstract Definition definition(TestStep subject);
    }

    /** What its program does, and how the run must end. */
    enum Behaviour {
        SUCCEEDS("ok", RunState.SUCCEEDED, 1),
        FAILS("fail", RunState.FAILED, 1),
        FAILS_AND_IS_RETRIED("fail-once", RunState.SUCCEEDED, 2),
        FAILS_EVERY_TIME("fail", RunState.FAILED, 2),
        IS_LOST_BY_THE_PLATFORM("lose-once", RunState.SUCCEEDED, 1),
        TAKES_TOO_LONG("time-out", RunState.FAILED, 1),
        IS_CANCELLED("hang", RunState.CANCELLED, 1);

        final String script;
        final RunState end;
        final int attempts;

        Behaviour(String script, RunState end, int attempts) {
            this.script = script;
            this.end = end;
            this.attempts = attempts;
        }
    }

    /** On a restart the server is stopped while the subject is under way, which must cost it nothing. */
    enum Context {
        ON_SQLITE(TestDatabases.SQLITE),
        ON_POSTGRES(TestDatabases.POSTGRES),
        RESTARTED_ON_SQLITE(TestDatabases.SQLITE),
        RESTARTED_ON_POSTGRES(TestDatabases.POSTGRES);

        final TestDatabases database;

        Context(TestDatabases database) {
            this.database = database;
        }

        boolean isRestarted() {
            return this == RESTARTED_ON_SQLITE || this == RESTARTED_ON_POSTGRES;
        }
    }

    static Stream<Scenario> all() {
        return Arrays.stream(Shape.values())
                .flatMap(shape -> Arrays.stream(Behaviour.values())
                        .flatMap(behaviour -> Arrays.stream(Context.values())
                                .map(context -> new Scenario(shape, behaviour, context))));
    }

    Definition definition() {
        String script = context.isRestarted() ? ScriptedExecutor.HELD + behaviour.script : behaviour.script;
        return shape.definition(step("subject", script).attempts(behaviour.attempts));
    }

    /** How the subject itself must end. */
    StepState subject() {
        return Map.of(
                        RunState.SUCCEEDED, StepState.SUCCEEDED,
                        RunState.FAILED, StepState.FAILED,
                        RunState.CANCELLED, StepState.CANCELLED)
                .getOrDefault(behaviour.end, StepState.RUNNING);
    }
}
