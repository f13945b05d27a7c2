package dev.pawl.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a test gives as an input: a file or folder that is there, a value, or a list of either.
 *
 * @param folder where values are written to
 * @param file the name for it there; a list gets a folder of this name
 */
record Fixture(String name, Form form, boolean list, Path folder, String file) {

    /** @param folder to write to */
    static Fixture source(String name, Path folder) {
        return new Fixture(name, new Form(Kind.TABLE, Table.class), false, folder, name + Kind.TABLE.ending());
    }

    /** @param folder to write to */
    static Fixture input(Argument.FromStep input, Path folder) {
        String ending = input.list() ? "" : input.form().kind().ending();
        return new Fixture(input.name(), input.form(), input.list(), folder, input.name() + ending);
    }

    /** The file or folder that has the value. */
    Path path(Object given) {
        if (given instanceof Path path) {
            return existing(path);
        }
        if (list != given instanceof List<?>) {
            throw problem(given);
        }
        Path target = TestFolders.make(folder).resolve(file);
        if (given instanceof List<?> elements) {
            TestFolders.make(target);
            for (int i = 0; i < elements.size(); i++) {
                write(elements.get(i), target.resolve(Folders.element(i, form.kind())));
            }
        } else {
            write(given, target);
        }
        return target;
    }

    private void write(Object value, Path target) {
        if (value instanceof Path path) {
            new Form(Kind.FILE, Path.class).write(existing(path), target);
        } else if (Form.of(value.getClass()).filter(form::equals).isPresent()) {
            form.write(value, target);
        } else {
            throw problem(value);
        }
    }

    private Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("'" + name + "': there is nothing at " + path.toAbsolutePath());
        }
        return path;
    }

    private IllegalArgumentException problem(Object given) {
        String wanted = list ? form.listWord() : form.word();
        return new IllegalArgumentException("'" + name + "' takes " + Form.a(wanted) + " or the Path of its "
                + (list ? "folder" : "file") + ", not "
                + Form.a(given.getClass().getSimpleName()));
    }
}
