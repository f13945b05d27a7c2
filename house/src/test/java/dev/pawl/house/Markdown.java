package dev.pawl.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
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
    /// @param remark `run`, `run on` (in the session of the run block before it), or `not run: reason`
    /// @param script the commands
    record Commands(String remark, String script) {
        boolean run() {
            return remark.equals("run");
        }

        boolean runsOn() {
            return remark.equals("run on");
        }

        Commands with(Commands next) {
            return new Commands(remark, script + next.script);
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

    /// Blocks that run on are part of the one that they go on from.
    List<Commands> commands() {
        List<Commands> sessions = new ArrayList<>();
        for (MatchResult match : COMMANDS.matcher(text).results().toList()) {
            Commands block = new Commands(match.group(2) == null ? "" : match.group(2), match.group(3));
            if (block.runsOn() && !sessions.isEmpty() && sessions.getLast().run()) {
                sessions.add(sessions.removeLast().with(block));
            } else {
                sessions.add(block);
            }
        }
        return sessions;
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
