package dev.pawl.definition;

import dev.pawl.definition.Environment.DeployMode;
import dev.pawl.definition.Environment.Requirements;
import dev.pawl.kernel.EnvironmentName;
import java.util.List;

/** {@code environments}: where the pipeline is deployed to, the last one being production. */
final class EnvironmentsSection {
    private static final int HIGHEST_JAVA = 999;

    private static final YamlFormat<EnvironmentName> NAME = YamlFormat.lowerName(EnvironmentName::new);

    private EnvironmentsSection() {}

    static List<Environment> read(YamlMap environments) {
        return environments.maps().entrySet().stream()
                .map(entry -> environment(environments.name(entry.getKey(), NAME), entry.getValue()))
                .toList();
    }

    private static Environment environment(EnvironmentName name, YamlMap environment) {
        var deploy = environment.optional("deploy", YamlFormat.oneOf(DeployMode.class), DeployMode.MANUAL);
        if (deploy == DeployMode.AUTOMATIC && !environment.has("branch")) {
            environment
                    .problems()
                    .addUnlessTold(environment.placeOf("deploy"), "automatic needs a branch whose packages to deploy");
        }
        return new Environment(
                name,
                environment.optional("branch", YamlFormat.TEXT),
                deploy,
                requirements(environment.mapOrEmpty("requires")));
    }

    private static Requirements requirements(YamlMap requires) {
        return new Requirements(
                requires.optional("java", YamlFormat.whole(1, HIGHEST_JAVA), 0),
                requires.optional("memory", YamlFormat.BYTES, 0L),
                requires.list("commands", YamlFormat.TEXT));
    }
}
