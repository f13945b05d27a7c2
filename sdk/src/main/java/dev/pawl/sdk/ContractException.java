package dev.pawl.sdk;

/** A step and Pawl disagree about what was agreed; the message says it all, so no stack trace is shown. */
final class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractException(String message) {
        super(message);
    }
}
