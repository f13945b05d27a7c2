package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Execution;
import dev.pawl.executor.Image;
import dev.pawl.executor.Limits;
import dev.pawl.executor.Program;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Secrets.Secret;
import dev.pawl.store.Artifacts;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that one attempt knows before its program runs.
 *
 * @param code what of its package it may read
 */
record ReadyStep(
        Task task,
        Packages.Unpacked code,
        StepInputs inputs,
        SortedMap<String, Secret> secrets,
        CacheKey key,
        Scratch folder) {
    StepOutputs outputs() {
        return new StepOutputs(task.step().outputs(), folder.outputs());
    }

    /** What its executor is to run, with its inputs where the program looks for them. */
    Execution execution(Artifacts artifacts) {
        outputs().makeFolders();
        SortedMap<String, String> given = inputs.writeTo(artifacts, folder.inputs());
        var rules = task.step().rules();
        Map<String, String> environment = new TreeMap<>();
        if (task.step().command() instanceof Definition.Shell shell) {
            environment.putAll(shell.environment());
            environment.put("PAWL_PACKAGE", code.folder().toString());
            folder.link(code.folder(), code.files().keySet());
        }
        Map<String, String> values = new TreeMap<>();
        secrets.forEach((name, secret) -> values.put(name, secret.value()));
        return new Execution(
                task.key().toString(),
                program(),
                folder.root(),
                StepCall.of(task, given, outputs().paths(), folder),
                environment,
                values,
                new Limits(
                        rules.timeout(),
                        rules.resources().memoryBytes(),
                        rules.resources().cpus(),
                        rules.resources().accelerators(),
                        rules.resources().cpuTime()));
    }

    /** @throws PawlException of kind USER if its package lacks what the program needs */
    Program program() {
        return switch (task.step().command()) {
            case Definition.JavaMethod(String className, String method) -> {
                if (code.jars().isEmpty()) {
                    throw PawlException.user(
                            "no-jars",
                            "its package has no jar; list the built jars and those they need in pawl.yaml under"
                                    + " ci.package");
                }
                yield new Program.JavaCall(code.jars(), className, method);
            }
            case Definition.Shell shell ->
                new Program.CommandLine(
                        shell.run(),
                        shell.python().map(code.folder()::resolve),
                        shell.container().map(image -> new Image(image.image(), image.network())));
        };
    }
}
