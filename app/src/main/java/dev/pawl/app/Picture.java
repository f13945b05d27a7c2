package dev.pawl.app;

import dev.pawl.app.LayeredLayout.Cell;
import dev.pawl.app.PipelineGraph.Edge;
import dev.pawl.app.PipelineGraph.Kind;
import dev.pawl.app.PipelineGraph.Vertex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws a pipeline as SVG: from top to bottom, steps as boxes with the colour of their state, sources of data rounded. */
final class Picture {
    private static final double LETTER = 7.9;
    private static final double SMALL_LETTER = 6.4;
    private static final double PADDING = 14;
    private static final double LINE = 17;
    private static final double GAP = 28;
    private static final double LAYER_GAP = 44;
    private static final double MARGIN = 24;
    private static final double TITLE = 34;
    private static final double STACK = 4;
    private static final int LONGEST_TEXT = 40;

    private static final String STYLE = """
        text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1f2933;text-anchor:middle}
        .title{font-size:15px;font-weight:600;text-anchor:start}.name{font-weight:600}.note{font-size:11px;fill:#52606d}
        .box{stroke-width:1.5;fill:#fff;stroke:#9aa5b1}.DATA .box{fill:#f0f4f8;stroke:#bcccdc}
        .edge{fill:none;stroke:#9aa5b1;stroke-width:1.4}.optional{stroke-dasharray:5 4}.each{stroke-width:2.6}
        .always .box{stroke-dasharray:6 4}
        .succeeded .box{fill:#e3f9e5;stroke:#3f9142}.cached .box{fill:#e0f7fa;stroke:#14919b}
        .failed .box{fill:#ffe3e3;stroke:#cf1124}.cancelled .box{fill:#ffe3e3;stroke:#ba2525}
        .running .box,.pausing .box{fill:#fff8d6;stroke:#cb9b00}.skipped .box{fill:#f5f7fa;stroke:#cbd2d9}
        .skipped .name{fill:#7b8794}
        """;

    private final PipelineGraph graph;
    private final LayeredLayout layout;
    private final double[] tops;
    private final double[] heights;

    private Picture(PipelineGraph graph) {
        this.graph = graph;
        Map<String, Double> widths = new LinkedHashMap<>();
        graph.vertices().forEach(vertex -> widths.put(vertex.name(), width(vertex)));
        this.layout = new LayeredLayout(widths, graph.edges(), last(graph), GAP);
        this.tops = new double[layout.layers()];
        this.heights = new double[layout.layers()];
        graph.vertices().forEach(vertex -> {
            int layer = layout.cell(vertex.name()).layer;
            heights[layer] = Math.max(heights[layer], height(vertex));
        });
        double top = MARGIN + TITLE;
        for (int i = 0; i < tops.length; i++) {
            tops[i] = top;
            top += heights[i] + LAYER_GAP;
        }
    }

    static String svg(PipelineGraph graph) {
        return new Picture(graph).svg();
    }

    private static Set<String> last(PipelineGraph graph) {
        return graph.vertices().stream()
                .filter(Vertex::always)
                .map(Vertex::name)
                .collect(Collectors.toSet());
    }

    private String svg() {
        double titleWidth = graph.title().length() * LETTER * 1.2;
        double width = Math.max(layout.width(), titleWidth) + 2 * MARGIN;
        double height =
                tops.length == 0 ? TITLE + 2 * MARGIN : tops[tops.length - 1] + heights[tops.length - 1] + MARGIN;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f"
                        + " %2$.0f\" role=\"img\" aria-label=\"%3$s\">%n",
                width,
                height,
                escaped(graph.title())));
        svg.append("<style>").append(STYLE).append("</style>\n");
        svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
                        + " markerHeight=\"8\"")
                .append(" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\""
                        + " fill=\"#7b8794\"/></marker></defs>\n");
        svg.append(String.format(Locale.ROOT, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n"));
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"title\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                MARGIN,
                MARGIN + LINE,
                escaped(graph.title())));
        graph.edges().forEach(edge -> svg.append(drawn(edge)));
        graph.vertices().forEach(vertex -> svg.append(drawn(vertex)));
        return svg.append("</svg>\n").toString();
    }

    private String drawn(Edge edge) {
        List<Cell> way = layout.way(edge);
        double x = x(way.getFirst());
        double y = tops[way.getFirst().layer] + height(edge.from());
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", x, y));
        for (Cell cell : way.subList(1, way.size())) {
            double top = tops[cell.layer];
            double middle = (y + top) / 2;
            path.append(String.format(
                    Locale.ROOT, " C%.1f %.1f %.1f %.1f %.1f %.1f", x, middle, x(cell), middle, x(cell), top));
            x = x(cell);
            y = top + heights[cell.layer];
            if (cell != way.getLast()) {
                path.append(String.format(Locale.ROOT, " L%.1f %.1f", x, y));
            }
        }
        return String.format(
                Locale.ROOT,
                "<path class=\"edge%s%s\" d=\"%s\" marker-end=\"url(#arrow)\"/>%n",
                edge.each() ? " each" : "",
                edge.optional() ? " optional" : "",
                path);
    }

    private String drawn(Vertex vertex) {
        Cell cell = layout.cell(vertex.name());
        double left = x(cell) - cell.width / 2;
        double top = tops[cell.layer];
        double round = vertex.kind() == Kind.DATA ? height(vertex) / 2 : 5;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<g class=\"%s%s%s\"><title>%s</title>",
                vertex.kind(),
                vertex.state().map(state -> " " + state.marks().word()).orElse(""),
                vertex.always() ? " always" : "",
                escaped(String.join("; ", lines(vertex)))));
        for (int copy = vertex.each().isEmpty() ? 0 : 2; copy >= 0; copy--) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"box\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>",
                    left + copy * STACK,
                    top + copy * STACK,
                    cell.width,
                    height(vertex),
                    round));
        }
        double y = top + LINE + 3;
        for (String line : lines(vertex)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    line.equals(vertex.name()) ? "name" : "note",
                    x(cell),
                    y,
                    escaped(line)));
            y += LINE;
        }
        return svg.append("</g>\n").toString();
    }

    private static List<String> lines(Vertex vertex) {
        List<String> lines = new ArrayList<>(List.of(vertex.name()));
        vertex.state().ifPresent(state -> lines.add(cut(state.marks().mark() + " " + state.text())));
        if (!vertex.each().isEmpty()) {
            lines.add(cut("for each of " + String.join(", ", vertex.each())));
        }
        vertex.when().ifPresent(when -> lines.add(cut("\u25c7 if " + when)));
        if (vertex.always()) {
            lines.add("always, at the end");
        }
        return lines;
    }

    private static double width(Vertex vertex) {
        int longestNote =
                lines(vertex).stream().skip(1).mapToInt(String::length).max().orElse(0);
        return Math.max(vertex.name().length() * LETTER, longestNote * SMALL_LETTER) + 2 * PADDING;
    }

    private static double height(Vertex vertex) {
        return lines(vertex).size() * LINE + 13;
    }

    private double height(String name) {
        return graph.vertices().stream()
                .filter(vertex -> vertex.name().equals(name))
                .mapToDouble(vertex -> height(vertex) + (vertex.each().isEmpty() ? 0 : 2 * STACK))
                .findFirst()
                .orElse(0);
    }

    private static double x(Cell cell) {
        return cell.x + MARGIN;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "\u2026";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
