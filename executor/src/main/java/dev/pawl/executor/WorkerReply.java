package dev.pawl.executor;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker says on its pipe of replies. */
sealed interface WorkerReply {
    record Ready(int contract, String java) implements WorkerReply {}

    record Done(int exit, List<String> exceptions) implements WorkerReply {}

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
                    ? new Done(exit, texts(reply.get("exceptions")))
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
}
