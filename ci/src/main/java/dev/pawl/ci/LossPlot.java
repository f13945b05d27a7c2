package dev.pawl.ci;

import dev.pawl.ci.ConvergenceVerdict.Curve;
import java.util.List;
import java.util.Locale;

/** Draws curves of a loss as SVG, over the rounds, from zero up. */
record LossPlot(String title, List<Curve> curves) {
    private static final List<String> COLOURS = List.of("#0a7d5a", "#2b6cb0", "#b3541e", "#7b3fa0", "#8a6d00");
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int MARGIN = 48;
    private static final int LINE = 16;
    private static final int MOST_POINTS = 1_000;

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <style>text{font:12px system-ui,sans-serif;fill:#52606d}polyline{fill:none;stroke-width:1.8}</style>
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="%3$d" y="24">%4$s</text>
                <path d="M%3$d %3$dV%5$dH%6$d" fill="none" stroke="#9aa5b1"/>
                <text x="4" y="%7$d">%8$.4g</text><text x="4" y="%5$d">0</text>
                <text x="%6$d" y="%9$d" text-anchor="end">%10$d rounds</text>
                """,
                WIDTH,
                HEIGHT,
                MARGIN,
                escaped(title),
                HEIGHT - MARGIN,
                WIDTH - MARGIN,
                MARGIN + LINE / 2,
                highest(),
                HEIGHT - MARGIN + LINE,
                rounds()));
        for (int i = 0; i < curves.size(); i++) {
            svg.append(drawn(curves.get(i), i));
        }
        return svg.append("</svg>\n").toString();
    }

    private String drawn(Curve curve, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        int last = curve.losses().size() - 1;
        int every = 1 + last / MOST_POINTS;
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= last; i = i == last ? last + 1 : Math.min(i + every, last)) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(i), y(curve.losses().get(i))));
        }
        return String.format(
                Locale.ROOT,
                "<polyline points=\"%1$s\" stroke=\"%2$s\"/><text x=\"%3$d\" y=\"%4$d\" text-anchor=\"end\""
                        + " style=\"fill:%2$s\">%5$s</text>%n",
                points,
                colour,
                WIDTH - MARGIN,
                MARGIN + (number + 1) * Math.min(LINE, (HEIGHT - 2 * MARGIN) / curves.size()),
                escaped(curve.name()));
    }

    private double x(int round) {
        return MARGIN + (WIDTH - 2.0 * MARGIN) * round / Math.max(1, rounds() - 1);
    }

    private double y(double loss) {
        return HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (Math.max(0, loss) / highest());
    }

    private int rounds() {
        return curves.stream().mapToInt(curve -> curve.losses().size()).max().orElse(0);
    }

    private double highest() {
        double highest = curves.stream()
                .flatMap(curve -> curve.losses().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        return highest > 0 ? highest : 1;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
