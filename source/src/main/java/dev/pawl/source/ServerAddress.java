package dev.pawl.source;

/** Where people reach this server; known once it listens. */
final class ServerAddress {
    private volatile String address = "";

    /** @param address ends with a slash */
    void set(String address) {
        this.address = address;
    }

    String of(String path) {
        return address + path;
    }
}
