package dev.pawl.app;

import java.util.ArrayList;
import java.util.List;

/** One line of a terminal, in pieces of one colour each; it is never wider than it may be. */
final class PaintedLine {
    private static final String CUT = "\u2026";
    private static final String PLAIN_CUT = "~";

    private record Piece(String text, Paint paint) {}

    private final List<Piece> pieces = new ArrayList<>();

    PaintedLine add(String text) {
        return add(text, Paint.PLAIN);
    }

    PaintedLine add(String text, Paint paint) {
        pieces.add(new Piece(text, paint));
        return this;
    }

    /** @param columns how many characters it may have */
    String text(int columns, Terminal.Style style) {
        String cut = style.unicode() ? CUT : PLAIN_CUT;
        StringBuilder line = new StringBuilder();
        int room = columns;
        for (Piece piece : pieces) {
            if (piece.text().length() > room) {
                String rest = room > 0 ? piece.text().substring(0, room - 1) + cut : "";
                return line.append(painted(rest, piece.paint(), style)).toString();
            }
            line.append(painted(piece.text(), piece.paint(), style));
            room -= piece.text().length();
        }
        return line.toString();
    }

    private static String painted(String text, Paint paint, Terminal.Style style) {
        return style.colour() ? paint.around(text) : text;
    }
}
