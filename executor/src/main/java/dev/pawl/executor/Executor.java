package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Commands.Started;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Runs other people's programs, one for each attempt of a step. Safe for use by many threads; each execution occupies the
 * thread that asked for it.
 *
 * <p>What a program does wrong is an {@link Ending}. What the platform could not do (no process to be had, no container engine, an
 * image that cannot be pulled) is a {@link dev.pawl.kernel.PawlException}: of kind EXTERNAL where another time or place may do, of
 * kind USER where the author has to act.
 */
public interface Executor extends AutoCloseable {
    /** What runs such a program: {@code worker}, {@code process} or {@code container}. */
    String name(Program program);

    /**
     * Runs a program to its end, with all that it started. Interrupting the thread ends the program first.
     *
     * @param beginning is told of the process before the program begins
     */
    Ending run(Execution execution, Beginning beginning) throws InterruptedException;

    /**
     * Runs a command that is no step (a project's tests) with the Python environment that steps with these requirements have. Making
     * that does not count for the command's timeout, and is told in its log.
     */
    Result run(Command command, Path requirements, Beginning beginning) throws InterruptedException;

    /**
     * Runs a command that is no step in a container. Pulling its image does not count for the command's timeout, and is told in its log. The
     * command sees the variables that it names, and those of the image.
     *
     * @param beginning is told of the engine's own process, which ends with the container
     */
    Result run(Command command, CommandContainer container, Beginning beginning) throws InterruptedException;

    /**
     * Ends what a server that died left running in this executor's folder: these processes, and whatever the executor itself knows
     * of (containers, environments half built). What this executor is running now is left alone.
     */
    void endLeftovers(Collection<Started> processes);

    /**
     * Ends what waits for another program. Whoever runs programs interrupts those threads first; a Java call that runs still fails with
     * its JVM.
     */
    @Override
    void close();
}
