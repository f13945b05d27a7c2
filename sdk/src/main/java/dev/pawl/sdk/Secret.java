package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@code String} parameter that is the value of a secret kept by Pawl. Only its name is ever written down; the value reaches the
 * step as it begins, and whoever prints it has printed it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Secret {
    /** Its name in Pawl. */
    String value();
}
