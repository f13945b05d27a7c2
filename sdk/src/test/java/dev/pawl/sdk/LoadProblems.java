package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

/** What is said of a class that cannot be a pipeline, line by line. */
final class LoadProblems {
    private LoadProblems() {}

    static List<String> of(Class<?> type) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> PipelineClass.of(type))
                .isInstanceOf(PipelineException.class)
                .satisfies(e ->
                        problems.addAll(String.valueOf(e.getMessage()).lines().toList()));
        return problems;
    }
}
