package dev.pawl.junit;

import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileRules;
import dev.pawl.sdk.HostileTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes a test of each hostile table. */
final class HostileInputsExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(HostileInputs.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        HostileInputs inputs = context.getRequiredTestMethod().getAnnotation(HostileInputs.class);
        requireAllOrNothing(context, inputs);
        return HostileTable.of(HostileRules.firstRows(read(context, inputs)), inputs.seed()).cases().stream()
                .map((HostileCase hostile) -> new HostileInvocation(inputs, hostile));
    }

    private static void requireAllOrNothing(ExtensionContext context, HostileInputs inputs) {
        boolean names = !inputs.pipeline().equals(void.class);
        if (names == inputs.step().isEmpty() || names == inputs.input().isEmpty()) {
            throw wrong(context, "name 'pipeline', 'step' and 'input', or none of them");
        }
    }

    private static String read(ExtensionContext context, HostileInputs inputs) {
        Path file = Path.of(inputs.from());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ExtensionConfigurationException(
                    text(context, "cannot read 'from', " + file.toAbsolutePath() + ": " + e), e);
        }
    }

    private static ExtensionConfigurationException wrong(ExtensionContext context, String what) {
        return new ExtensionConfigurationException(text(context, what));
    }

    private static String text(ExtensionContext context, String what) {
        return "@HostileInputs of " + context.getRequiredTestMethod().getName() + ": " + what;
    }
}
