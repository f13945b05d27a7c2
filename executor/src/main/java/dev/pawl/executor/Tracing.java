package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a command is observed, if it is. */
sealed interface Tracing {
    Command around(Command command);

    /** What is to read the errors of the line above. */
    Optional<Sink> sink();

    Observed observed();

    /** Not at all. */
    record None(Observed observed) implements Tracing {
        @Override
        public Command around(Command command) {
            return command;
        }

        @Override
        public Optional<Sink> sink() {
            return Optional.empty();
        }
    }

    record By(Strace.Use.Works strace, TracedReads reads) implements Tracing {
        @Override
        public Command around(Command command) {
            return new Command(
                    strace.around(command.line()),
                    command.folder(),
                    command.environment(),
                    command.log(),
                    command.timeout());
        }

        @Override
        public Optional<Sink> sink() {
            return Optional.of(reads);
        }

        @Override
        public Observed observed() {
            return reads.observed();
        }
    }

    /** @param variables of the command, which say where its package and its Python environment are */
    static Tracing of(Execution execution, Map<String, String> variables, Commands commands, Strace strace)
            throws InterruptedException {
        if (!execution.observed()) {
            return new None(Observed.NOT_ASKED);
        }
        Stream<Path> own = Stream.concat(
                Stream.of(execution.folder()),
                Stream.of("PAWL_PACKAGE", "VIRTUAL_ENV")
                        .flatMap(name -> Stream.ofNullable(variables.get(name)))
                        .map(Path::of));
        return switch (strace.use(execution.work())) {
            case Strace.Use.Works works -> new By(works, new TracedReads(commands.readable(own), execution.folder()));
            case Strace.Use.Fails(String why) -> new None(Observed.nothing("anything: " + why));
        };
    }
}
