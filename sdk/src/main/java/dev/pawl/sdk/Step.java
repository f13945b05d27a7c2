package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A step of the pipeline, named like the method. It gives what the method returns: a {@link Table}, a {@link Model}, a
 * {@link Report}, the {@link java.nio.file.Path} of a file (or of a folder, see {@link Folder}), a record, a scalar
 * ({@code int}, {@code long}, {@code double}, {@code boolean} or {@code String}), a {@link java.util.List} of any of these
 * but folders, or nothing.
 *
 * <p>A step should depend on its parameters only: Pawl reuses the output of an earlier run when they are the same. Steps of one
 * package share a JVM, one after the other, so what a step leaves in static fields may or may not be there for the next one.
 *
 * <p>What is said here is what the author thinks right; {@code pipeline.steps} in pawl.yaml may say otherwise. Durations are
 * written as there: a whole number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. All of it is checked when the
 * class is loaded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Step {
    /**
     * The condition under which the step runs, such as {@code "evaluate.mape < 0.05"}; where it does not hold, the step is
     * skipped, and with it what depends on it. It may name the step's parameters, its inputs that are values, and, after
     * {@code input.}, what its inputs that are reports or records hold. There are {@code or}, {@code and}, {@code not},
     * {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}, brackets, numbers, {@code 'texts'}, {@code true} and
     * {@code false}.
     */
    String when() default "";

    /** Whether it runs at the end of every run, however that ended; it takes no output of another step then. */
    boolean always() default false;

    /** How often it is tried at the most, 1 to 10. */
    int attempts() default 1;

    /** The pause before the second attempt. */
    String backoff() default "500ms";

    /** By how much each pause is longer than the one before, at least 1. */
    double factor() default 2;

    /** No pause is longer. */
    String longest() default "32s";

    /**
     * Which failures are tried again: what the method throws is one of these, or of a kind of one of these. With neither this nor
     * {@link #retryOnTimeout}, every failure is.
     */
    Class<? extends Throwable>[] retryOn() default {};

    /** Whether an attempt that took too long is tried again; with {@link #retryOn}, in addition to those. */
    boolean retryOnTimeout() default false;

    /** The longest that one attempt may take; empty leaves it to Pawl, which allows an hour. */
    String timeout() default "";

    /** Whether an earlier result of the very same is used again. Say false where the step reads the outside world. */
    boolean cache() default true;

    /** The most memory that an attempt may take: a whole number and {@code KB}, {@code MB}, {@code GB} or {@code TB}. */
    String memory() default "";

    /** How many processors it keeps busy, and so how many places it takes in its pool; at least 1. */
    int cpus() default 1;

    /** The most processor time that an attempt may use, of all its threads together; empty: no limit. */
    String cpuTime() default "";

    /** The pool whose places it takes; empty leaves it to Pawl. */
    String pool() default "";

    /** Words to find it by. */
    String[] tags() default {};

    /** What it does, for people. */
    String doc() default "";
}
