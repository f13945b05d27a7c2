package dev.pawl.sdk;

/**
 * A way in which data may be hostile. What comes of it must be finite, or a refusal that says what is wrong.
 */
public enum HostileKind {
    NAN("NaN in a third of the numbers", Where.NUMBERS, true),
    INFINITY("Infinity in a third of the numbers", Where.NUMBERS, true),
    NEGATIVE_INFINITY("-Infinity in a third of the numbers", Where.NUMBERS, true),
    MISSING("no value in a third of the cells", Where.CELLS, true),
    EMPTY_COLUMN("no value at all", Where.NUMBERS, true),
    ZERO("nothing but 0", Where.NUMBERS, false),
    DENORMAL("nothing but the smallest number above 0", Where.NUMBERS, false),
    TINY("nothing but 1E-30", Where.NUMBERS, false),
    HUGE("1E30 in a third of the numbers", Where.NUMBERS, false),
    HUGE_NEGATIVE("-1E30 in a third of the numbers", Where.NUMBERS, false),
    OUT_OF_RANGE("numbers a thousand times as far out as any", Where.NUMBERS, false),
    CONSTANT("one value in every row", Where.CELLS, false),
    UNSEEN_CATEGORY("texts that were never seen", Where.TEXTS, true),
    WRONG_TYPE("texts where numbers belong", Where.NUMBERS, true),
    LONG_TEXT("a text of 100,000 characters", Where.TEXTS, true),
    EMPTY_TABLE("no rows", Where.TABLE, true),
    ONE_ROW("one row", Where.TABLE, true),
    DUPLICATE_ROWS("every row twice", Where.TABLE, true);

    /** What of a table changes. */
    enum Where {
        NUMBERS,
        TEXTS,
        CELLS,
        TABLE
    }

    private final String words;
    private final Where where;
    private final boolean mayLoseValues;

    HostileKind(String words, Where where, boolean mayLoseValues) {
        this.words = words;
        this.where = where;
        this.mayLoseValues = mayLoseValues;
    }

    /** For people. */
    public String words() {
        return words;
    }

    Where where() {
        return where;
    }

    /** Of so many rows, how many first ones are left. */
    int rowsLeft(int all) {
        return this == EMPTY_TABLE ? 0 : this == ONE_ROW ? Math.min(1, all) : all;
    }

    /** How often each row is there. */
    int timesOfARow() {
        return this == DUPLICATE_ROWS ? 2 : 1;
    }

    /**
     * Whether results may lack values that they have otherwise: values or rows are missing in the data, or it cannot be understood. Of the
     * other kinds, such as nothing but zeros, a result that loses values has divided by zero or the like.
     */
    public boolean mayLoseValues() {
        return mayLoseValues;
    }
}
