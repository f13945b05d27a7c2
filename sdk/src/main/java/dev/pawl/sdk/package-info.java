/**
 * What the author of a pipeline compiles and tests against. A pipeline is a class, a step is a method marked
 * {@link dev.pawl.sdk.Step}, and what it depends on are its parameters:
 *
 * <ul>
 *   <li>outputs of other steps, named like the step or with {@link dev.pawl.sdk.From}: {@link dev.pawl.sdk.Table},
 *       {@link dev.pawl.sdk.Model}, {@link dev.pawl.sdk.Report}, a path, a record, a scalar; a {@code List} of these, or with
 *       {@link dev.pawl.sdk.Each} one element at a time; an {@code Optional} where the step also runs without;
 *   <li>a {@link dev.pawl.sdk.Source} of data, a {@link dev.pawl.sdk.Param}, a {@link dev.pawl.sdk.Secret};
 *   <li>{@link dev.pawl.sdk.Metrics}, a {@link dev.pawl.sdk.Workspace}, the {@link dev.pawl.sdk.Outcome} of the run.
 * </ul>
 *
 * Steps of another pipeline class join with {@link dev.pawl.sdk.Nested}. Names of parameters are read from the class file:
 * compile with {@code -parameters}. To test a step, call it, or use {@link dev.pawl.sdk.StepTest} and
 * {@link dev.pawl.sdk.PipelineTest}. docs/reference/sdk.md has an example of everything.
 */
@NullMarked
package dev.pawl.sdk;

import org.jspecify.annotations.NullMarked;
