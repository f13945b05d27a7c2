/**
 * What the author of a pipeline compiles and tests against. A pipeline is a class, a step is a method marked
 * {@link dev.pawl.sdk.Step}, and what it depends on are its parameters: {@link dev.pawl.sdk.Table}, {@link dev.pawl.sdk.Model},
 * {@link dev.pawl.sdk.Report} or a path, named like the step that gives it; a {@link dev.pawl.sdk.Source} of data; a
 * {@link dev.pawl.sdk.Param}; {@link dev.pawl.sdk.Metrics}. Names of parameters are read from the class file: compile with
 * {@code -parameters}. To test a step, call it.
 */
@NullMarked
package dev.pawl.sdk;

import org.jspecify.annotations.NullMarked;
