package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.List;

/**
 * A pipeline as its class declares it, with the pipelines nested in it.
 *
 * @param steps each after all the steps it reads from, and otherwise by name
 */
record PipelineClass(Class<?> type, List<PipelineStep> steps) {

    /** @throws PipelineException with everything that is wrong with the class */
    static PipelineClass load(String className) {
        return of(classOf(className));
    }

    /** @throws PipelineException with everything that is wrong with the class */
    static PipelineClass of(Class<?> type) {
        List<String> problems = new ArrayList<>();
        List<PlacedStep> placed = new ClassReader(problems).read(type);
        if (problems.isEmpty()) {
            List<PipelineStep> steps = new StepLinks(type, placed, problems).steps();
            if (problems.isEmpty()) {
                return new PipelineClass(type, steps);
            }
        }
        throw new PipelineException(problems.stream().distinct().toList());
    }

    /** @throws PipelineException when it cannot be loaded */
    static Class<?> classOf(String className) {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new PipelineException(List.of("There is no class " + className
                    + " on the class path: check pipeline.class and ci.package in pawl.yaml"));
        } catch (LinkageError e) {
            throw new PipelineException(List.of("Class " + className + " cannot be loaded: " + e
                    + (e.getCause() == null ? "" : ", because of " + e.getCause())));
        }
    }
}
