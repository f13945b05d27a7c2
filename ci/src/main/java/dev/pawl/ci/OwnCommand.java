package dev.pawl.ci;

import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.CommandPlan;
import dev.pawl.executor.Folders;
import dev.pawl.executor.GrowingLog;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes one of a project's own checks: runs its command, which is told where things are, and reads what it says of them; see
 * docs/reference/check-contract.md.
 *
 * @param folder of the attempt
 */
record OwnCommand(Workshop shop, BuildCommands commands, CiRun run, OwnCheck check, Path folder) {
    private static final int CONTRACT = 1;

    /** From here on an exit code is not the command's own. */
    private static final int SIGNALS = 128;

    /**
     * @param source a checkout, where it runs
     * @param plan in what it runs
     * @param call more of what it is told
     * @param variables more of them
     */
    Finding examine(Path source, CommandPlan plan, Map<String, Object> call, Map<String, String> variables)
            throws InterruptedException {
        Path verdict = Folders.make(place().resolve("verdict"));
        Map<String, String> all = new TreeMap<>(variables);
        all.put("PAWL_CHECK", write(call, verdict).toString());
        all.put("PAWL_VERDICT", verdict.resolve(OwnVerdict.FILE).toString());
        Path log = Candidate.log(folder, check.check());
        BuildCommands.Ran ran = commands.with(place(), all).run(check.run(), source, plan, log, check.within());
        Finding ended =
                commands.finding(ran, log, "The check", check.within(), "ci.checks.%s.within".formatted(check.check()));
        return ran.ended().isPresent() || ran.result().timedOut() ? ended : said(ran, ended, verdict, log);
    }

    /** Its own folder in that of the attempt. */
    Path place() {
        return folder.resolve(check.check());
    }

    private Path write(Map<String, Object> more, Path verdict) {
        Map<String, Object> call = new TreeMap<>(more);
        call.put("contract", CONTRACT);
        call.put("project", run.project());
        call.put("commit", run.commit());
        call.put("branch", run.branch());
        call.put("check", check.check());
        call.put("verdict", verdict.resolve(OwnVerdict.FILE).toString());
        Path file = place().resolve("check.json");
        try {
            return Files.writeString(file, Json.pretty(call));
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        }
    }

    private Finding said(BuildCommands.Ran ran, Finding ended, Path folder, Path log) {
        int exit = ran.result().exit();
        try {
            OwnVerdict verdict = OwnVerdict.read(folder, shop.store().artifacts());
            return new Finding(
                    exit == 0, summary(verdict, exit, ended, log), verdict.with(Map.of("exit", exit)), ended.log());
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, LIMIT ->
                    new Finding(
                            false,
                            exit == 0 ? e.text() : ended.summary() + "\n" + e.text(),
                            ended.evidence(),
                            ended.log());
                case NOT_FOUND, CONFLICT, EXTERNAL, INTERNAL -> throw e;
            };
        }
    }

    /** Whoever was killed may have said before that all is well. */
    private static String summary(OwnVerdict verdict, int exit, Finding ended, Path log) {
        if (exit >= SIGNALS) {
            return ended.summary();
        }
        boolean told = exit == 0 || exit == HostileJudge.REFUSED;
        return verdict.summary()
                .or(() -> told ? new GrowingLog(log).lastLine() : Optional.empty())
                .orElse(ended.summary());
    }
}
