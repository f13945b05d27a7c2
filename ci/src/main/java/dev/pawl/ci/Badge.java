package dev.pawl.ci;

import java.util.Locale;

/** A small picture that says how a branch stands. */
enum Badge {
    PASSING("#0a7d5a", 54),
    FAILING("#b3541e", 50),
    NONE("#777777", 38);

    private static final int LABEL = 34;

    private final String colour;
    private final int width;

    Badge(String colour, int width) {
        this.colour = colour;
        this.width = width;
    }

    static Badge of(CiState state) {
        return switch (state) {
            case PASSED -> PASSING;
            case FAILED -> FAILING;
            case QUEUED, CHECKING, INTEGRATING, SUPERSEDED, CANCELLED -> NONE;
        };
    }

    String svg() {
        String word = name().toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="pawl: %2$s">
                <title>pawl: %2$s</title>
                <rect width="%1$d" height="20" rx="3" fill="#555"/>
                <path d="M%3$d 0h%4$d a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%4$dz" fill="%5$s"/>
                <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                <text x="%6$d" y="14">pawl</text><text x="%7$d" y="14">%2$s</text></g>
                </svg>
                """, LABEL + width, word, LABEL, width - 3, colour, LABEL / 2, LABEL + width / 2);
    }
}
