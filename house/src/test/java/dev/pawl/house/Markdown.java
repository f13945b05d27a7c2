package dev.pawl.house;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One document: its commands and its links.
///
/// @param file where it lies
/// @param text what it says
record Markdown(Path file, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)(^<!-- (.*?) -->\n)?^```sh\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|#.*");

    /// A fenced block of shell commands and the remark above it, empty when there is none.
    ///
    /// @param remark `run`, or `not run: reason`
    /// @param script the commands
    record Commands(String remark, String script) {
        boolean run() {
            return remark.equals("run");
        }

        boolean saysWhetherItIsRun() {
            return run() || remark.matches("not run: .{10,}");
        }
    }

    static Markdown of(Path file) {
        return new Markdown(file, Repository.read(file));
    }

    static Stream<Markdown> all() {
        return Repository.files(".md").stream().map(Markdown::of);
    }

    List<Commands> commands() {
        return COMMANDS.matcher(text)
                .results()
                .map(match -> new Commands(match.group(2) == null ? "" : match.group(2), match.group(3)))
                .toList();
    }

    /// Targets of links into the repository, without the part after `#`.
    Stream<Path> links() {
        return LINK.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(target -> file.resolveSibling(target.split("#", 2)[0]).normalize());
    }

    @Override
    public String toString() {
        return Repository.name(file);
    }
}
