package dev.pawl.executor;

import dev.pawl.kernel.Ids;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Marks of the processes of one server. Safe for use by many threads. */
final class Marks {
    private final String family;
    private final String server;
    private final AtomicLong last = new AtomicLong();

    /** @param family a server that ends leftovers ends those of earlier servers of its family; empty: of none */
    Marks(String family) {
        this.family = family + "#";
        this.server = this.family + Ids.system().next() + ".";
    }

    Mark next() {
        return new Mark(server + last.incrementAndGet());
    }

    /** What earlier servers of the family left running. */
    List<ProcessHandle> leftovers() {
        return ProcessTable.living().stream()
                .filter(entry -> isLeftover(Mark.of(entry.pid()).value()))
                .flatMap(entry -> ProcessHandle.of(entry.pid()).stream())
                .toList();
    }

    private boolean isLeftover(String mark) {
        return family.length() > 1 && mark.startsWith(family) && !mark.startsWith(server);
    }
}
