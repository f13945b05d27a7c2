package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of the step that pawl.yaml or a run may set: {@code int}, {@code long}, {@code double}, {@code String} or
 * {@code boolean}. Without a default it must be set.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {
    /** The lowest allowed value; for numbers only. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The highest allowed value; for numbers only. */
    double max() default Double.POSITIVE_INFINITY;

    /** The value when nothing else is said, written as in pawl.yaml. Give at most one. */
    String[] defaultValue() default {};

    /** What it means, with its unit, for people. */
    String doc() default "";
}
