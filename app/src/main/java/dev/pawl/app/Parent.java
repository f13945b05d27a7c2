package dev.pawl.app;

import java.util.Optional;

/** The process that started this one, if it asked not to be outlived. */
final class Parent {
    private Parent() {}

    static void watch(Optional<Long> pid, Runnable gone) {
        pid.ifPresent(number -> Thread.ofVirtual().name("parent").start(() -> {
            ProcessHandle.of(number).ifPresent(parent -> parent.onExit().join());
            gone.run();
        }));
    }
}
