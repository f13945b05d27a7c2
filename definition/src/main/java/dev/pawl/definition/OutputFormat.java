package dev.pawl.definition;

import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.PawlException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How outputs are written: {@code table}, {@code list of tables}. */
final class OutputFormat {
    static final String NO_LIST = "there are no lists of folders: a list is a folder itself, of files";
    private static final Pattern LIST = Pattern.compile("list of ([a-z]+?)s?");
    static final YamlFormat<OutputType> TYPE = YamlFormat.oneOf(OutputType.class);

    static final YamlFormat<Output> FORMAT = new YamlFormat<>(
            TYPE.expected() + ", or a list such as list of tables",
            Output.one(OutputType.FILE),
            scalar -> YamlFormat.TEXT.reading().apply(scalar).flatMap(OutputFormat::read));

    private OutputFormat() {}

    private static Optional<Output> read(String written) {
        var list = LIST.matcher(written);
        boolean isList = list.matches();
        var type = type(isList ? list.group(1) : written);
        if (isList && type.equals(Optional.of(OutputType.FOLDER))) {
            throw PawlException.user("list-of-folders", NO_LIST);
        }
        return type.map(known -> new Output(known, isList));
    }

    private static Optional<OutputType> type(String word) {
        return TYPE.reading().apply(new YamlScalar(YamlPlace.START, word, YamlScalar.Type.TEXT));
    }
}
