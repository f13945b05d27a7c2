package dev.pawl.sdk;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import org.jspecify.annotations.Nullable;

/**
 * Something that a step read.
 *
 * @param what an address, a file, or what was called
 * @param where in the step's own code; empty if it is not known
 */
record SeenRead(Kind kind, String what, String where) {
    private static final int LONGEST = 300;

    enum Kind {
        NETWORK,
        CLOCK,
        FILE
    }

    /**
     * Empty if it was not the step's own code that read, or what it may.
     *
     * @param mayBeRead asked about files by their real paths
     */
    static Optional<SeenRead> of(RecordedEvent event, Predicate<Path> mayBeRead) {
        CallStack stack = CallStack.of(event);
        return switch (event.getEventType().getName()) {
            case "jdk.FileRead" ->
                real(event.getString("path"))
                        .filter(file -> stack.isOfStep() && !mayBeRead.test(file))
                        .map(file -> read(Kind.FILE, file.toString(), stack));
            case "jdk.SocketRead", "jdk.SocketWrite" -> Optional.of(read(Kind.NETWORK, address(event), stack));
            case "jdk.MethodTrace" -> called(event.getValue("method"), stack);
            default -> Optional.empty();
        };
    }

    Map<String, String> json() {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("what", what);
        json.put("where", where);
        return json;
    }

    private static SeenRead read(Kind kind, String what, CallStack stack) {
        return new SeenRead(kind, shortened(what), shortened(stack.where()));
    }

    private static String address(RecordedEvent event) {
        String host = event.getString("host");
        String name = host == null || host.isEmpty() ? String.valueOf(event.getString("address")) : host;
        return name + ":" + event.getInt("port");
    }

    /** Who asks for the name of this very machine does not use the network. */
    private static Optional<SeenRead> called(RecordedMethod method, CallStack stack) {
        String type = method.getType().getName();
        if (TracedCalls.isOfNetwork(type)) {
            return stack.asksForOwnName()
                    ? Optional.empty()
                    : Optional.of(read(Kind.NETWORK, stack.called(method), stack));
        }
        return TracedCalls.readsClock(method.getName(), method.getDescriptor()) && stack.asksForTime()
                ? Optional.of(read(Kind.CLOCK, stack.called(method), stack))
                : Optional.empty();
    }

    /** Where links lead; what is gone already is called as the step did. */
    private static Optional<Path> real(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(path).toAbsolutePath().normalize();
            try {
                return Optional.of(file.toRealPath());
            } catch (IOException _) {
                return Optional.of(file);
            }
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
