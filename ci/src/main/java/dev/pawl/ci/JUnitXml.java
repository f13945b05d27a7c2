package dev.pawl.ci;

import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.ci.TestReport.Test;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JUnit XML file: {@code testsuites} or {@code testsuite} with {@code testcase}s, as Surefire, Gradle, pytest and
 * others write it. The file comes from a user's build, so it may not have a DTD, which could read other files.
 */
final class JUnitXml {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_OUTPUT = 8_000;
    private static final XMLInputFactory FACTORY = safe();

    private final String name;
    private final XMLStreamReader xml;
    private final List<Test> tests = new ArrayList<>();
    private int saidBad;

    private JUnitXml(String name, XMLStreamReader xml) {
        this.name = name;
        this.xml = xml;
    }

    /** @param name of the file, for messages */
    static List<Test> read(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MOST_BYTES) {
                throw bad(name, "is bigger than " + MOST_BYTES + " bytes");
            }
            return new JUnitXml(name, FACTORY.createXMLStreamReader(in)).read();
        } catch (XMLStreamException e) {
            throw bad(name, "cannot be read: " + oneLine(e));
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot read " + file + ": " + e, e);
        }
    }

    private List<Test> read() throws XMLStreamException {
        boolean root = true;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw bad(name, "has a DTD, which is not allowed");
                case XMLStreamConstants.START_ELEMENT -> {
                    element(root);
                    root = false;
                }
                default -> {} // text between elements
            }
        }
        long bad = tests.stream().filter(Test::bad).count();
        if (saidBad > bad) {
            throw bad(name, "counts %d failures and errors but shows %d".formatted(saidBad, bad));
        }
        return List.copyOf(tests);
    }

    private void element(boolean root) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "testsuites" -> {}
            case "testsuite" -> saidBad += count("failures") + count("errors");
            case "testcase" -> tests.add(test());
            default -> {
                if (root) {
                    throw bad(name, "is not a JUnit report: it begins with <" + xml.getLocalName() + ">");
                }
                skip(); // properties, output
            }
        }
    }

    private Test test() throws XMLStreamException {
        String suite = attribute("classname", "");
        String test = attribute("name", "");
        if (test.isEmpty()) {
            throw bad(name, "has a testcase without a name" + line());
        }
        double seconds = number("time");
        Test result = new Test(suite, test, Outcome.PASSED, seconds, "", "");
        StringBuilder output = new StringBuilder();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String element = xml.getLocalName();
            Outcome outcome = outcome(element);
            String message = attribute("message", "");
            String text = text(element.equals("properties") ? 0 : LONGEST_OUTPUT);
            if (outcome != Outcome.PASSED && !result.bad()) {
                result = new Test(suite, test, outcome, seconds, shortened(message.isEmpty() ? text : message), "");
            }
            if (output.length() < LONGEST_OUTPUT && !text.isEmpty() && !text.equals(result.message())) {
                output.append(text, 0, Math.min(text.length(), LONGEST_OUTPUT - output.length()))
                        .append('\n');
            }
        }
        return result.bad() ? result.with(output.toString().strip()) : result;
    }

    /** Others, such as output or the failure of a test that passed when run again, leave it passed. */
    private static Outcome outcome(String element) {
        return switch (element) {
            case "failure" -> Outcome.FAILED;
            case "error" -> Outcome.ERROR;
            case "skipped" -> Outcome.SKIPPED;
            default -> Outcome.PASSED;
        };
    }

    /** The text up to the end of this element, elements within it left out; of much only the beginning. */
    private String text(int longest) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(text, depth, longest);
                default -> {} // comments and the like
            }
        }
        return text.toString().strip();
    }

    private void append(StringBuilder text, int depth, int longest) {
        if (depth == 1 && text.length() < longest) {
            String more = xml.getText();
            text.append(more, 0, Math.min(more.length(), longest - text.length()));
        }
    }

    private void skip() throws XMLStreamException {
        text(0);
    }

    private int count(String attribute) {
        return (int) number(attribute);
    }

    /** Some write a thousand as 1,000. */
    private double number(String attribute) {
        String text = attribute(attribute, "0").replace(",", "");
        try {
            return text.isBlank() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw bad(name, "has " + attribute + "=\"" + text + "\", which is not a number" + line());
        }
    }

    private String attribute(String attribute, String otherwise) {
        @Nullable String value = xml.getAttributeValue(null, attribute);
        return value == null ? otherwise : value;
    }

    private String line() {
        return " (line " + xml.getLocation().getLineNumber() + ")";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static String oneLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    private static PawlException bad(String name, String what) {
        return PawlException.user("bad-test-report", "The test report " + name + " " + what);
    }

    private static XMLInputFactory safe() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
