package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;

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

    /** Empty if it was not the step's own code that read, or what it may. */
    static Optional<SeenRead> of(RecordedEvent event, UndeclaredFiles files) {
        return switch (event.getEventType().getName()) {
            case "jdk.FileRead" -> files.find(event.getString("path")).flatMap(file -> file(file, CallStack.of(event)));
            case "jdk.SocketRead", "jdk.SocketWrite" ->
                Optional.of(read(Kind.NETWORK, address(event), CallStack.of(event)));
            case "jdk.MethodTrace" -> called(event.getValue("method"), CallStack.of(event));
            default -> Optional.empty();
        };
    }

    /** What is told once: a file that is read in several lines of code is one. */
    List<String> key() {
        return kind == Kind.FILE ? List.of(kind.name(), what) : List.of(kind.name(), what, where);
    }

    Map<String, String> json() {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("what", what);
        json.put("where", where);
        return json;
    }

    private static Optional<SeenRead> file(Path file, CallStack stack) {
        return stack.isOfStep() ? Optional.of(read(Kind.FILE, file.toString(), stack)) : Optional.empty();
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

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
