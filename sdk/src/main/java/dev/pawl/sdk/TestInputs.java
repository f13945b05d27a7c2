package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the step of a test's run gets from the sources and from the steps before it. */
record TestInputs(PipelineStep step, Map<String, TestStep> done, TestData data) {

    /** The step without which this one cannot run, if there is one that was skipped. */
    Optional<String> missing() {
        return step.method().inputs().stream()
                .filter(input -> !input.optional())
                .map(this::giver)
                .filter(giver -> giver.path().isEmpty())
                .map(TestStep::name)
                .findFirst();
    }

    /** What every element gets. */
    Map<String, Path> whole() {
        Map<String, Path> inputs = new LinkedHashMap<>();
        step.method().sources().forEach(source -> inputs.put(source.name(), data.file(source.source())));
        for (Argument.FromStep input : step.method().inputs()) {
            if (!input.each()) {
                giver(input).path().ifPresent(path -> inputs.put(input.name(), path));
            }
        }
        return inputs;
    }

    /**
     * What each element gets; of a step without a fan-out there is one.
     *
     * @throws ContractException when lists are not of the same length
     */
    List<Map<String, Path>> elements() {
        Map<String, List<Path>> lists = new LinkedHashMap<>();
        for (Argument.FromStep input : step.method().inputs()) {
            if (input.each()) {
                lists.put(input.name(), Folders.elements(giver(input).path().orElseThrow()));
            }
        }
        return lists.isEmpty() ? List.of(whole()) : zipped(lists);
    }

    private List<Map<String, Path>> zipped(Map<String, List<Path>> lists) {
        Map<String, Integer> lengths = new TreeMap<>();
        lists.forEach((name, list) -> lengths.put(name, list.size()));
        Set<Integer> different = new TreeSet<>(lengths.values());
        if (different.size() > 1) {
            throw new ContractException(
                    "its @Each inputs are of different lengths, " + lengths + ": they are taken side by side");
        }
        Map<String, Path> whole = whole();
        return IntStream.range(0, different.iterator().next())
                .mapToObj(number -> {
                    Map<String, Path> element = new LinkedHashMap<>(whole);
                    lists.forEach((name, list) -> element.put(name, list.get(number)));
                    return element;
                })
                .toList();
    }

    /** For lineage. */
    SortedMap<String, Lineage.Origin> origins(Map<String, Path> element) {
        SortedMap<String, Lineage.Origin> origins = new TreeMap<>();
        Map<String, String> from = new LinkedHashMap<>(step.from());
        step.method().sources().forEach(source -> from.put(source.name(), Lineage.DATA + source.source()));
        element.forEach(
                (name, path) -> origins.put(name, new Lineage.Origin(from.getOrDefault(name, ""), Digests.of(path))));
        return origins;
    }

    private TestStep giver(Argument.FromStep input) {
        return Objects.requireNonNull(done.get(step.giver(input.name())));
    }
}
