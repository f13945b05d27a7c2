package dev.pawl.executor;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worker protocol at its smallest, with the JDK only; steps are static methods that take a folder and secrets. */
final class TestWorker {
    private static final String MARKER = "\0pawl-end-of-step\n";
    private static final Pattern FIELD = Pattern.compile("\"([^\"]+)\":\"([^\"]*)\"");

    private TestWorker() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (OutputStream replies = new FileOutputStream(System.getenv("PAWL_REPLIES"));
                OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            say(replies, "{\"ready\":true,\"contract\":2,\"java\":\"" + Runtime.version() + "\"}");
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String reply = call(fields(request));
                System.out.flush();
                System.err.flush();
                out.write(MARKER.getBytes(StandardCharsets.UTF_8));
                say(replies, reply);
            }
        }
    }

    private static String call(Map<String, String> request) {
        Path folder = Path.of(request.remove("work")).resolveSibling("");
        try {
            Class.forName(request.remove("class"))
                    .getDeclaredMethod(request.remove("method"), Path.class, Map.class)
                    .invoke(null, folder, request);
            return "{\"exit\":0}";
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            thrown.printStackTrace();
            return "{\"exit\":1,\"exceptions\":[" + String.join(",", kinds(thrown)) + "]}";
        } catch (ReflectiveOperationException e) {
            System.err.println("unusable: " + e);
            return "{\"exit\":2}";
        }
    }

    private static List<String> kinds(Throwable thrown) {
        List<String> kinds = new ArrayList<>();
        for (Class<?> kind = thrown.getClass(); !kind.equals(Throwable.class); kind = kind.getSuperclass()) {
            kinds.add("\"" + kind.getName() + "\"");
        }
        return kinds;
    }

    private static Map<String, String> fields(String json) {
        Map<String, String> fields = new TreeMap<>();
        for (Matcher field = FIELD.matcher(json); field.find(); ) {
            fields.put(field.group(1), field.group(2));
        }
        return fields;
    }

    private static void say(OutputStream replies, String reply) throws IOException {
        replies.write((reply + "\n").getBytes(StandardCharsets.UTF_8));
        replies.flush();
    }
}
