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
    private DescribeMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.err));
    }

    static int run(String[] args, PrintStream err) {
        if (args.length != 2) {
            err.println("Usage: DescribeMain <pipelineClass> <outFile>");
            return StepMain.UNUSABLE;
        }
        try {
            PipelineClass pipeline = PipelineClass.load(args[0]);
            Files.writeString(Path.of(args[1]), Json.write(Description.of(pipeline)) + "\n");
            return StepMain.DONE;
        } catch (PipelineException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println("Cannot write the description to " + args[1] + ": " + e);
        }
        return StepMain.UNUSABLE;
    }
}
