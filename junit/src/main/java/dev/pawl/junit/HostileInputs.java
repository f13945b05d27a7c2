package dev.pawl.junit;

import dev.pawl.sdk.HostileCase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each kind of hostile table, from NaN to a table without rows, made of a good one. If it names a step, the
 * step gets that table instead of its input and must give finite results or refuse it, as in Pawl's numeric check; the method itself may
 * be empty, or require more:
 *
 * <pre>{@code
 * @HostileInputs(pipeline = Births.class, step = "features", input = "ingest", from = "src/test/days.csv")
 * void features_bear_hostile_days() {}
 * }</pre>
 *
 * If it names none, the method does it, for example for a step that has other inputs as well:
 *
 * <pre>{@code
 * @HostileInputs(from = "src/test/holdout.csv", seed = 7)
 * void evaluation_bears_hostile_days(HostileCase days) {
 *     NumericCheck.of(StepTest.of(Births.class, "evaluate").input("train", MODEL), "holdout").require(days);
 * }
 * }</pre>
 *
 * The method may have the {@link HostileCase} as a parameter. Of a table that fails, the smallest one that still does is in
 * {@code target/hostile} (Gradle: {@code build/hostile}).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(HostileInputsExtension.class)
public @interface HostileInputs {
    /** The good table, a CSV file; its first 1,000 rows are enough. */
    String from();

    /** The same seed gives the same tables. */
    long seed() default 1;

    /** The class of the pipeline, if the step is to be run by itself. */
    Class<?> pipeline() default void.class;

    /** The name of the step. */
    String step() default "";

    /** The parameter of the step that gets the tables. */
    String input() default "";
}
