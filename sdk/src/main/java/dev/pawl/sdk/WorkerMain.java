package dev.pawl.sdk;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs the steps of one package, one after the other, as Pawl asks for them: requests come as lines of JSON on standard input,
 * replies go as lines of JSON to the file that the environment variable PAWL_REPLIES names, and what the steps print goes to
 * standard output and error, with a marker after each step. It ends with its requests. docs/reference/step-contract.md has it all.
 */
public final class WorkerMain {
    private static final int UNUSABLE = 2;

    private WorkerMain() {}

    /** Exits explicitly: a thread that a learner left behind must not keep the process. */
    public static void main(String[] args) {
        String replies = System.getenv("PAWL_REPLIES");
        if (args.length > 0 || replies == null) {
            System.err.println("Usage: PAWL_REPLIES=<file> WorkerMain, with requests on standard input");
            System.exit(UNUSABLE);
            return;
        }
        try (FileOutputStream out = new FileOutputStream(replies)) {
            serve(new WorkerStreams(), out);
        } catch (IOException | RuntimeException | Error e) {
            // nobody listens any more, or no thread can be had; what steps left running must not hold up the end
            System.err.println("The worker cannot go on: " + e);
            Runtime.getRuntime().halt(UNUSABLE);
        }
        System.exit(0);
    }

    private static void serve(WorkerStreams streams, FileOutputStream replies) throws IOException {
        WorkerSteps steps = new WorkerSteps();
        reply(
                replies,
                "{\"ready\":true,\"contract\":" + StepCall.CONTRACT + ",\"java\":\""
                        + System.getProperty("java.version") + "\"}");
        BufferedReader requests = new BufferedReader(new InputStreamReader(streams.requests(), StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            streams.renew();
            WorkerAnswer answer = steps.run(request);
            streams.renew();
            answer.end().print(System.err);
            streams.mark();
            reply(replies, answer.json());
        }
    }

    private static void reply(FileOutputStream replies, String line) throws IOException {
        replies.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
