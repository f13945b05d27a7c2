package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes a list element by element: the step runs once for each, and its output is the list of what these runs
 * gave, in order. Lists of several parameters marked so are taken side by side and must be of equal length. An element of an
 * empty list is never asked for: the output is then an empty list.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Each {}
