package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Artifacts;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/** In which files of their packages the code of a step differs between two runs. */
record CodeDifference(Runs runs, Definitions definitions, Artifacts artifacts) {
    private static final int MOST_TOLD = 10;

    /**
     * In words. Empty where no file differs in its content, where the step names other files than before, and where one of the runs, or its
     * package, is gone or damaged: what differs besides is known without.
     */
    List<String> between(RunId before, RunId now, StepName step) {
        try {
            Run old = runs.run(before);
            Run current = runs.run(now);
            return files(old, step).equals(files(current, step))
                    ? between(code(old, step), code(current, step))
                    : List.of();
        } catch (PawlException e) {
            System.getLogger(CodeDifference.class.getName()).log(Level.DEBUG, "nothing to compare", e);
            return List.of();
        }
    }

    private List<String> files(Run run, StepName name) {
        return switch (definitions.get(run.spec().definition()).step(name).command()) {
            case Shell shell -> shell.files();
            case JavaMethod _ -> List.of();
        };
    }

    private static List<String> between(SortedMap<String, Digest> old, SortedMap<String, Digest> current) {
        var names = new TreeSet<>(old.keySet());
        names.addAll(current.keySet());
        names.removeIf(name -> Objects.equals(old.get(name), current.get(name)));
        List<String> differences = new ArrayList<>();
        names.stream().limit(MOST_TOLD).map(name -> inWords(name, old, current)).forEach(differences::add);
        if (names.size() > MOST_TOLD) {
            differences.add("%d more files differ".formatted(names.size() - MOST_TOLD));
        }
        return differences;
    }

    private SortedMap<String, Digest> code(Run run, StepName name) {
        Definition definition = definitions.get(run.spec().definition());
        SortedMap<String, Digest> files = artifacts.members(run.spec().packageDigest());
        switch (definition.step(name).command()) {
            case Shell shell -> {
                PackageFiles code = PackageFiles.of(shell, definition);
                files.keySet().removeIf(file -> !code.have(file));
            }
            case JavaMethod _ -> files.keySet().removeIf(file -> !file.endsWith(".jar"));
        }
        return files;
    }

    private static String inWords(String name, SortedMap<String, Digest> old, SortedMap<String, Digest> current) {
        Digest from = old.get(name);
        Digest to = current.get(name);
        return "file '" + name + "' "
                + (from == null
                        ? "is new"
                        : to == null ? "is gone" : "changed from " + from.brief() + " to " + to.brief());
    }
}
