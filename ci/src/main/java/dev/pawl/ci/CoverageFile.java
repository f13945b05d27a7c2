package dev.pawl.ci;

import dev.pawl.ci.Coverage.Share;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the report of a coverage tool: XML or CSV of JaCoCo, XML (that of Cobertura) or JSON of coverage.py. What cannot be read is
 * left out: coverage decides nothing. A DTD, which JaCoCo names, is passed over and never loaded.
 *
 * @param name as people know the file
 */
record CoverageFile(Path file, String name) {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final XMLInputFactory FACTORY = safe();

    Optional<Coverage> read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            String ending = name.substring(name.lastIndexOf('.') + 1);
            return switch (ending) {
                case "xml" -> xml();
                case "csv" -> csv(Files.readAllLines(file));
                case "json" -> json(Files.readString(file));
                default -> Optional.empty();
            };
        } catch (IOException | XMLStreamException | NumberFormatException | PawlException e) {
            return Optional.empty();
        }
    }

    private Optional<Coverage> xml() throws IOException, XMLStreamException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    return switch (xml.getLocalName()) {
                        case "report" -> jacoco(xml);
                        case "coverage" -> cobertura(xml);
                        default -> Optional.empty();
                    };
                }
            }
            return Optional.empty();
        }
    }

    /** The totals are the counters right below the root. */
    private Optional<Coverage> jacoco(XMLStreamReader xml) throws XMLStreamException {
        Optional<Share> lines = Optional.empty();
        Optional<Share> branches = Optional.empty();
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    if (depth == 2 && xml.getLocalName().equals("counter")) {
                        long covered = number(xml, "covered");
                        Optional<Share> share = Share.of(covered, covered + number(xml, "missed"));
                        String type = String.valueOf(xml.getAttributeValue(null, "type"));
                        lines = type.equals("LINE") ? share : lines;
                        branches = type.equals("BRANCH") ? share : branches;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {} // text between elements
            }
        }
        return coverage(lines, branches);
    }

    private Optional<Coverage> cobertura(XMLStreamReader xml) {
        return coverage(
                Share.of(number(xml, "lines-covered"), number(xml, "lines-valid")),
                Share.of(number(xml, "branches-covered"), number(xml, "branches-valid")));
    }

    private Optional<Coverage> json(String text) {
        return Json.map(text).get("totals") instanceof Map<?, ?> totals
                ? coverage(
                        Share.of(number(totals, "covered_lines"), number(totals, "num_statements")),
                        Share.of(number(totals, "covered_branches"), number(totals, "num_branches")))
                : Optional.empty();
    }

    private static long number(Map<?, ?> totals, String key) {
        return totals.get(key) instanceof Number number ? number.longValue() : 0;
    }

    /** A line for each class. */
    private Optional<Coverage> csv(List<String> rows) {
        List<String> columns =
                rows.isEmpty() ? List.of() : Arrays.asList(rows.getFirst().split(","));
        List<String[]> classes =
                rows.stream().skip(1).map(row -> row.split(",")).toList();
        return coverage(share(columns, classes, "LINE"), share(columns, classes, "BRANCH"));
    }

    private static Optional<Share> share(List<String> columns, List<String[]> classes, String kind) {
        long covered = sum(columns, classes, kind + "_COVERED");
        return Share.of(covered, covered + sum(columns, classes, kind + "_MISSED"));
    }

    private static long sum(List<String> columns, List<String[]> classes, String column) {
        return IntStream.of(columns.indexOf(column))
                .filter(at -> at >= 0)
                .mapToLong(at -> classes.stream()
                        .filter(row -> row.length == columns.size())
                        .mapToLong(row -> Long.parseLong(row[at]))
                        .sum())
                .sum();
    }

    private Optional<Coverage> coverage(Optional<Share> lines, Optional<Share> branches) {
        return lines.map(share -> new Coverage(share, branches, name));
    }

    private static long number(XMLStreamReader xml, String attribute) {
        String text = xml.getAttributeValue(null, attribute);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static XMLInputFactory safe() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
