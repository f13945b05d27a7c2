package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that is the output of the named step. Without this annotation it is of the step that has the name of the parameter;
 * a scalar needs it, as it would else look like a forgotten {@link Param}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface From {
    /** The step; one of a nested pipeline is named {@code <field>-<step>}. */
    String value();
}
