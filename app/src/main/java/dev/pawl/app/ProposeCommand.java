package dev.pawl.app;

import dev.pawl.definition.PawlYaml;
import dev.pawl.kernel.ProjectName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl propose}. */
@Command(
        name = "propose",
        description = "Proposes to merge a branch that was pushed to a server; 'pawl review' goes on with it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl propose better-features",
            "  pawl propose better-features --into main --title 'Week of the year' --as ada",
            "  pawl propose better-features --for births --json"
        })
final class ProposeCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Mixin
    private Person person = new Person();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "BRANCH", description = "The branch, as it was pushed.")
    private String branch = "";

    @Option(
            names = "--into",
            paramLabel = "BRANCH",
            defaultValue = "main",
            description = "The branch that gets it (default: ${DEFAULT-VALUE}).")
    private String into = "";

    @Option(names = "--title", description = "What it does (default: the first line of its newest commit's message).")
    private @Nullable String title;

    @Option(
            names = "--for",
            paramLabel = "PROJECT",
            description = "Whose repository (default: the project of this working copy).")
    private @Nullable String name;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "project",
                Optional.ofNullable(name)
                        .map(ProjectName::new)
                        .orElseGet(() -> PawlYaml.read(project.folder()).project()));
        body.put("branch", branch);
        body.put("into", into);
        body.put("by", person.name());
        Optional.ofNullable(title).ifPresent(text -> body.put("title", text));
        try (Client client = server.client()) {
            return ProposalText.show(printed, client.post("api/source/proposals", body));
        }
    }
}
