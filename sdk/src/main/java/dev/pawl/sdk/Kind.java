package dev.pawl.sdk;

import java.util.Locale;

/** What kind of thing passes from step to step; its file has this ending. */
enum Kind {
    TABLE(".csv"),
    MODEL(".onnx"),
    REPORT(".json"),
    RECORD(".json"),
    VALUE(".json"),
    FILE(""),
    FOLDER("");

    private final String ending;

    Kind(String ending) {
        this.ending = ending;
    }

    String ending() {
        return ending;
    }

    /** Its name in the contract. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
