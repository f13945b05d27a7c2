package dev.pawl.executor;

import dev.pawl.executor.Commands.Started;

/** Learns of the process that a program is going to run in: once, before it begins. If this throws, it never begins. */
@FunctionalInterface
public interface Beginning {
    void began(Started started);
}
