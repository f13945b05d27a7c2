package dev.pawl.executor;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a worker says on its pipe of replies. */
sealed interface WorkerReply {
    record Ready(int contract, String java) implements WorkerReply {}

    record Done(int exit, List<String> exceptions, Observed observed) implements WorkerReply {}

    /** The pipe is closed. */
    record Gone() implements WorkerReply {}

    /** Nothing that a worker may say. */
    record Nonsense(String text) implements WorkerReply {}

    static WorkerReply parse(String line) {
        try {
            Map<String, Object> reply = Json.map(line);
            if (Boolean.TRUE.equals(reply.get("ready")) && reply.get("contract") instanceof Integer contract) {
                return new Ready(contract, String.valueOf(reply.get("java")));
            }
            return reply.get("exit") instanceof Integer exit
                    ? new Done(exit, texts(reply.get("exceptions")), observed(reply.get("observed")))
                    : new Nonsense(line);
        } catch (PawlException _) {
            return new Nonsense(line);
        }
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** As a package with an older sdk says nothing about it, this is that of one that was not asked. */
    private static Observed observed(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> told) || !(told.get("reads") instanceof List<?> reads)) {
            return Observed.NOT_ASKED;
        }
        return new Observed(
                reads.stream().limit(Observed.MOST).flatMap(WorkerReply::read).toList(), texts(told.get("unseen")));
    }

    private static Stream<Read> read(@Nullable Object value) {
        return value instanceof Map<?, ?> read
                ? Stream.of(Read.Kind.values())
                        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(read.get("kind")))
                        .map(kind -> new Read(kind, text(read, "what"), text(read, "where")))
                : Stream.of();
    }

    private static String text(Map<?, ?> read, String key) {
        return read.get(key) instanceof String text ? text : "";
    }
}
