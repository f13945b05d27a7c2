package dev.pawl.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A step of the pipeline, named like the method. It gives what the method returns: a {@link Table}, a {@link Model}, a
 * {@link Report}, or the {@link java.nio.file.Path} of a file that it wrote into its working directory.
 *
 * <p>A step runs in a process of its own and should depend on its parameters only: Pawl reuses the output of an earlier run when
 * they are the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Step {}
