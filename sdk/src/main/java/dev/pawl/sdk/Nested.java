package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field whose type is another pipeline class: its steps join the pipeline, each named {@code <field>-<step>}. Names within the
 * nested class mean its own steps first, then those of the classes around it. Steps around it refer to its steps with
 * {@link From @From("&lt;field&gt;-&lt;step&gt;")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Nested {}
