package dev.pawl.kernel;

/**
 * The one error of Pawl. The message is for the person who has to act: what is wrong, where, and what to do.
 *
 * <p>The code is stable and meant for programs; the kind decides the HTTP status and the exit code.
 */
public final class PawlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act, with the HTTP status and the exit code that say so. */
    public enum Kind {
        USER(400, 2),
        NOT_FOUND(404, 2),
        CONFLICT(409, 2),
        LIMIT(429, 2),
        EXTERNAL(502, 1),
        INTERNAL(500, 1);

        private final int httpStatus;
        private final int exitCode;

        Kind(int httpStatus, int exitCode) {
            this.httpStatus = httpStatus;
            this.exitCode = exitCode;
        }

        public int httpStatus() {
            return httpStatus;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String code;

    private PawlException(Kind kind, String code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    private PawlException(Kind kind, String code, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** The message; every factory here requires one. */
    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }

    /** The caller gave something that cannot be right, whoever else asks for it. */
    public static PawlException user(String code, String message) {
        return new PawlException(Kind.USER, code, message);
    }

    public static PawlException notFound(String code, String message) {
        return new PawlException(Kind.NOT_FOUND, code, message);
    }

    /** Right in itself, but not with what is there. */
    public static PawlException conflict(String code, String message) {
        return new PawlException(Kind.CONFLICT, code, message);
    }

    /** A stated bound was reached; later or smaller may work. */
    public static PawlException limit(String code, String message) {
        return new PawlException(Kind.LIMIT, code, message);
    }

    /** Something outside of Pawl failed: a disk, a database, a network. */
    public static PawlException external(String code, String message, Throwable cause) {
        return new PawlException(Kind.EXTERNAL, code, message, cause);
    }

    /** A defect of Pawl. */
    public static PawlException internal(String code, String message, Throwable cause) {
        return new PawlException(Kind.INTERNAL, code, message, cause);
    }
}
