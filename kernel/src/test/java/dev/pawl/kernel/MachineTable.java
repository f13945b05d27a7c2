package dev.pawl.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All states of a machine crossed with all events, as a table and as a diagram, both in Markdown. */
public record MachineTable<S, E>(
        String name,
        List<S> states,
        List<E> events,
        BiFunction<S, E, Optional<S>> machine,
        Function<S, String> state,
        Function<E, String> event) {

    public String markdown() {
        return "## " + name + "\n\n" + diagram() + "\n" + table();
    }

    /** A row for each event: there are more events than states. */
    private String table() {
        String head = "| | " + states.stream().map(state).collect(Collectors.joining(" | ")) + " |\n";
        String line = "|---" + "|---".repeat(states.size()) + "|\n";
        return head + line + events.stream().map(this::row).collect(Collectors.joining());
    }

    private String row(E happened) {
        return "| **" + event.apply(happened) + "** | "
                + states.stream().map(from -> cell(from, happened)).collect(Collectors.joining(" | ")) + " |\n";
    }

    private String cell(S from, E happened) {
        return machine.apply(from, happened).map(state).orElse(".");
    }

    /** Without counts: a state is its first word, or two. */
    private String diagram() {
        Set<String> arrows = new LinkedHashSet<>();
        for (S from : states) {
            for (E happened : events) {
                machine.apply(from, happened)
                        .map(to -> "    " + node(from) + " --> " + node(to) + ": " + event.apply(happened))
                        .ifPresent(arrows::add);
            }
        }
        return Stream.of(
                        Stream.of("```mermaid", "stateDiagram-v2", "    [*] --> " + node(states.getFirst())),
                        arrows.stream(),
                        Stream.of("```", ""))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private String node(S from) {
        return state.apply(from).replaceAll(" ?\\(.*", "").replace(' ', '_');
    }
}
