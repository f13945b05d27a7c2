package dev.pawl.app;

/** Colours of a terminal, by their ANSI numbers; {@link Picture} has the same ones for a browser. */
enum Paint {
    PLAIN("0"),
    FAINT("2"),
    BOLD("1"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String number;

    Paint(String number) {
        this.number = number;
    }

    String around(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + number + "m" + text + "\u001b[0m";
    }
}
