package dev.pawl.definition;

import dev.pawl.definition.Definition.CiPlan;
import dev.pawl.definition.Definition.IntegrationCheck;
import dev.pawl.definition.Definition.UnitCheck;
import java.time.Duration;

/** {@code ci}: how a commit is built, checked and packaged. */
final class CiSection {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final String REPORTS = "target/surefire-reports";

    private CiSection() {}

    static CiPlan read(YamlMap ci, boolean needsClassPath) {
        var packaged = ci.list("package", YamlFormat.RELATIVE_PATH);
        if (needsClassPath && packaged.isEmpty()) {
            ci.problems()
                    .addUnlessTold(
                            ci.placeOf("package"), "must name the jars of the pipeline's class, or their folder");
        }
        YamlMap checks = ci.mapOrEmpty("checks");
        checks.map("contract"); // always done; naming it only tells the reader
        return new CiPlan(
                ci.optional("build", YamlFormat.TEXT),
                ci.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN),
                packaged,
                checks.map("unit").map(CiSection::unit),
                checks.map("integration").map(CiSection::integration));
    }

    private static UnitCheck unit(YamlMap unit) {
        return new UnitCheck(
                unit.required("run", YamlFormat.TEXT),
                unit.optional("reports", YamlFormat.RELATIVE_PATH, REPORTS),
                unit.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN));
    }

    private static IntegrationCheck integration(YamlMap integration) {
        return new IntegrationCheck(
                integration.required("sample", YamlFormat.whole(1, Integer.MAX_VALUE)),
                integration.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN));
    }
}
