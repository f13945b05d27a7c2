package dev.pawl.definition;

/**
 * Where something stands in pawl.yaml.
 *
 * @param path the keys that lead to it, joined by dots; empty for the whole file
 * @param line from 1
 * @param column from 1
 */
record YamlPlace(String path, int line, int column) implements Comparable<YamlPlace> {
    static final YamlPlace START = new YamlPlace("", 1, 1);

    /** Something at the same spot with a path of its own, such as a key that is missing. */
    YamlPlace named(String key) {
        return new YamlPlace(pathOf(key), line, column);
    }

    /** Something that the key at this place leads to, outside of pawl.yaml. */
    YamlPlace within(String what) {
        return new YamlPlace(path + ": " + what, line, column);
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Override
    public int compareTo(YamlPlace other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return PawlYaml.FILE + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ");
    }
}
