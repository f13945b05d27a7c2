package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link java.nio.file.Path} parameter that is a source of data from pawl.yaml: a file to read, cut to what was known at the
 * moment the run is made for.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Source {
    /** Its name under {@code data} in pawl.yaml. */
    String value();
}
