package dev.pawl.executor;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Programs that do not become workers. */
final class BadWorkers {
    private BadWorkers() {}

    /** Never says that it is ready. */
    static final class Mute {
        public static void main(String[] arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    static final class Dying {
        public static void main(String[] arguments) {
            System.err.println("cannot go on");
            System.exit(3);
        }
    }

    static final class Older {
        public static void main(String[] arguments) throws IOException {
            try (var replies = new FileOutputStream("/dev/fd/3")) {
                replies.write("{\"ready\":true,\"contract\":1}\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
