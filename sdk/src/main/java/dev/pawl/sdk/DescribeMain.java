package dev.pawl.sdk;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the description of a pipeline class as JSON: {@code DescribeMain <pipelineClass> <outFile>}. Exit code 0, or 2 with every
 * problem on a line of its own on stderr.
 */
public final class DescribeMain {
    private static final int DONE = 0;
    private static final int UNUSABLE = 2;

    private DescribeMain() {}

    /** Exits explicitly: a thread that a static initialiser started must not keep the process. */
    public static void main(String[] args) {
        System.exit(run(args, System.err));
    }

    static int run(String[] args, PrintStream err) {
        if (args.length != 2) {
            err.println("Usage: DescribeMain <pipelineClass> <outFile>");
            return UNUSABLE;
        }
        try {
            PipelineClass pipeline = PipelineClass.load(args[0]);
            Files.writeString(Path.of(args[1]), Json.write(Description.of(pipeline)) + "\n");
            return DONE;
        } catch (PipelineException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println("Cannot write the description to " + args[1] + ": " + e);
        }
        return UNUSABLE;
    }
}
