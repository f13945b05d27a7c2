package dev.pawl.junit;

import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.NumericCheck;
import dev.pawl.sdk.StepTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The test of one hostile table. */
record HostileInvocation(HostileInputs inputs, HostileCase hostile)
        implements TestTemplateInvocationContext, ParameterResolver, BeforeTestExecutionCallback {
    @Override
    public String getDisplayName(int invocationIndex) {
        return hostile.words();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(HostileCase.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return hostile;
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (inputs.step().isEmpty()) {
            return;
        }
        NumericCheck check = NumericCheck.of(StepTest.of(inputs.pipeline(), inputs.step()), inputs.input());
        folder(context).ifPresent(check::keep);
        check.require(hostile);
    }

    /** Where builds put what they make; a folder that is gone with the JVM otherwise. */
    private static Optional<Path> folder(ExtensionContext context) {
        return Stream.of(Path.of("target"), Path.of("build"))
                .filter(Files::isDirectory)
                .findFirst()
                .map(build -> build.resolve("hostile")
                        .resolve(context.getRequiredTestClass().getName())
                        .resolve(context.getRequiredTestMethod().getName()));
    }
}
