package dev.pawl.monitoring;

import dev.pawl.kernel.PawlException;

/**
 * A place in the predictions of a model, which are paged through by version, event time and id.
 *
 * @param eventTime milliseconds since 1970
 * @param id of the last prediction seen; empty at the start
 */
record Cursor(int version, long eventTime, String id) {
    static final Cursor START = new Cursor(0, Long.MIN_VALUE, "");
    private static final String SEPARATOR = "~"; // no id has one

    static Cursor after(LoggedPrediction last) {
        return new Cursor(
                last.version().number(),
                last.eventTime().toEpochMilli(),
                last.id().value());
    }

    static Cursor parse(String text) {
        String[] parts = text.split(SEPARATOR, 3);
        try {
            if (parts.length == 3) {
                return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]);
            }
        } catch (NumberFormatException e) {
            throw bad(text);
        }
        throw bad(text);
    }

    String text() {
        return version + SEPARATOR + eventTime + SEPARATOR + id;
    }

    private static PawlException bad(String text) {
        return PawlException.user(
                "bad-cursor", "'" + text + "' is not a place to go on from: give 'next' of the page before, unchanged");
    }
}
