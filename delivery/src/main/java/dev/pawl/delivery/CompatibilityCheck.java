package dev.pawl.delivery;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.definition.PackageNeeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether a target can run a pipeline in an environment. Asks everything, so that all that is missing is told at once. */
final class CompatibilityCheck {
    private static final long MEBIBYTE = 1L << 20;

    private CompatibilityCheck() {}

    static List<CompatibilityItem> of(Definition definition, Environment environment, Target target) {
        Environment.Requirements requires = environment.requires();
        PackageNeeds needs = PackageNeeds.of(definition);
        return Stream.of(
                        java(requires, target),
                        memory(Math.max(requires.memoryBytes(), needs.memoryBytes()), target),
                        cpus(needs, target),
                        accelerators(needs, target),
                        commands(requires, target),
                        data(definition, target))
                .flatMap(items -> items)
                .toList();
    }

    private static Stream<CompatibilityItem> java(Environment.Requirements requires, Target target) {
        int found = target.javaVersion();
        return requires.java() == 0
                ? Stream.empty()
                : Stream.of(new CompatibilityItem(
                        "java", requires.java() + " or newer", "" + found, found >= requires.java()));
    }

    /** What the environment requires or one step may take, whichever is more. */
    private static Stream<CompatibilityItem> memory(long least, Target target) {
        long found = target.memoryBytes();
        return least == 0
                ? Stream.empty()
                : Stream.of(new CompatibilityItem("memory", size(least), size(found), found >= least));
    }

    /** One has every machine. */
    private static Stream<CompatibilityItem> cpus(PackageNeeds needs, Target target) {
        int found = target.cpus();
        return needs.cpus() <= 1
                ? Stream.empty()
                : Stream.of(new CompatibilityItem("cpus", "" + needs.cpus(), "" + found, found >= needs.cpus()));
    }

    private static Stream<CompatibilityItem> accelerators(PackageNeeds needs, Target target) {
        if (needs.accelerators() == 0) {
            return Stream.empty();
        }
        int found = target.accelerators();
        return Stream.of(new CompatibilityItem(
                "accelerators", "" + needs.accelerators(), "" + found, found >= needs.accelerators()));
    }

    private static Stream<CompatibilityItem> commands(Environment.Requirements requires, Target target) {
        return requires.commands().stream().map(command -> {
            boolean found = target.hasCommand(command);
            return new CompatibilityItem(
                    "command " + command, "on the PATH", found ? "on the PATH" : "not on the PATH", found);
        });
    }

    /** A relative path lies in the package, which CI has checked. */
    private static Stream<CompatibilityItem> data(Definition definition, Target target) {
        return definition.data().entrySet().stream()
                .filter(source -> Path.of(source.getValue().path()).isAbsolute())
                .map(source -> data(source, target));
    }

    private static CompatibilityItem data(Map.Entry<String, Definition.DataSource> source, Target target) {
        String path = source.getValue().path();
        boolean found = target.hasFile(Path.of(path));
        return new CompatibilityItem(
                "data " + source.getKey(), "a file " + path, found ? "the file" : "no file to read there", found);
    }

    private static String size(long bytes) {
        return bytes % MEBIBYTE == 0 || bytes > 16 * MEBIBYTE ? bytes / MEBIBYTE + " MiB" : bytes + " bytes";
    }
}
