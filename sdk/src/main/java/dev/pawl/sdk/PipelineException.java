package dev.pawl.sdk;

import java.util.List;

/** What is wrong with a pipeline class: every problem that was found, one to a line. */
final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PipelineException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
