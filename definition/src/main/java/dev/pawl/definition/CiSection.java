package dev.pawl.definition;

import dev.pawl.definition.CiPlan.ContractCheck;
import dev.pawl.definition.CiPlan.ImagePlan;
import dev.pawl.definition.CiPlan.IntegrationCheck;
import dev.pawl.definition.CiPlan.UnitCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code ci}: how a commit is built, checked and packaged.
 *
 * @param convergence what can be checked only with the steps, as the others
 */
record CiSection(
        CiPlan plan,
        Optional<ConvergenceSection> convergence,
        Optional<ContractSection> contract,
        Optional<NumericSection> numeric,
        Optional<DifferenceSection> difference) {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int MOST_UNITS = 10;
    private static final YamlFormat<String> BASE = YamlFormat.text(
            "scratch, an image pinned by its digest (name@sha256:...), or a .tar file of the repository",
            ImagePlan.SCRATCH,
            YamlFormat.matches("scratch|" + YamlFormat.PINNED_IMAGE + "|(?!/)(?!(.*/)?\\.\\.(/|$)).+\\.tar"));
    private static final String REPORTS = "target/surefire-reports";

    static CiSection read(YamlMap ci, Path repository, boolean needsClassPath, Collection<String> needed) {
        var packaged = packaged(ci, needed);
        if (needsClassPath && packaged.isEmpty()) {
            ci.problems()
                    .addUnlessTold(
                            ci.placeOf("package"), "must name the jars of the pipeline's class, or their folder");
        }
        YamlMap checks = ci.mapOrEmpty("checks");
        Optional<ConvergenceSection> convergence =
                checks.map("convergence").map(check -> ConvergenceSection.read(check, WITHIN));
        Optional<ContractSection> contract = checks.map("contract").map(ContractSection::read);
        Optional<NumericSection> numeric = checks.map("numeric").map(check -> NumericSection.read(check, WITHIN));
        Optional<DifferenceSection> difference = checks.map("difference").map(DifferenceSection::read);
        var plan = new CiPlan(
                ci.optional("build", YamlFormat.TEXT),
                ci.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN),
                CommandSection.read(ci, repository),
                packaged,
                checks.map("unit").map(CiSection::units).orElse(List.of()),
                checks.map("integration").map(CiSection::integration),
                convergence.map(ConvergenceSection::plan),
                contract.map(ContractSection::plan).orElse(ContractCheck.USUAL),
                numeric.map(NumericSection::plan),
                difference.map(DifferenceSection::plan),
                checks.map("own").map(own -> OwnSection.read(own, WITHIN)).orElse(List.of()),
                ci.optional("reproducible", YamlFormat.TRUTH, false),
                ci.map("image").map(image -> new ImagePlan(image.required("base", BASE))));
        return new CiSection(plan, convergence, contract, numeric, difference);
    }

    /** Checks what can be known only with the steps. */
    void check(LinkedSteps steps, Problems problems) {
        if (!problems.told("pipeline.steps")) {
            convergence.ifPresent(section -> section.check(steps, problems));
            contract.ifPresent(section -> section.check(steps, problems));
            numeric.ifPresent(section -> section.check(steps, problems));
            difference.ifPresent(section -> section.check(steps, problems));
        }
    }

    /** What is named, and what steps need and is not within that. */
    private static List<String> packaged(YamlMap ci, Collection<String> needed) {
        var named = ci.list("package", YamlFormat.RELATIVE_PATH);
        return Stream.concat(
                        named.stream(),
                        needed.stream()
                                .filter(path -> named.stream().noneMatch(within -> isWithin(path, within)))
                                .distinct()
                                .sorted())
                .toList();
    }

    private static boolean isWithin(String path, String folder) {
        return Path.of(path).normalize().startsWith(Path.of(folder).normalize())
                || Path.of(folder).normalize().toString().isEmpty();
    }

    /** One command, or several under names that the author chose: a map of maps. */
    private static List<UnitCheck> units(YamlMap units) {
        if (!units.hasMapsOnly()) {
            return List.of(unit(Optional.empty(), units));
        }
        List<UnitCheck> named = units.maps().entrySet().stream()
                .map(entry -> unit(Optional.of(units.name(entry.getKey(), YamlFormat.LOWER_NAME)), entry.getValue()))
                .toList();
        if (named.size() > MOST_UNITS) {
            units.problems().add(units.place(), "there are %d, and may be %d".formatted(named.size(), MOST_UNITS));
        }
        return named;
    }

    private static UnitCheck unit(Optional<String> name, YamlMap unit) {
        return new UnitCheck(
                name,
                unit.required("run", YamlFormat.TEXT),
                unit.optional("reports", YamlFormat.RELATIVE_PATH, REPORTS),
                unit.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN),
                unit.optional("coverage", YamlFormat.RELATIVE_PATH));
    }

    private static IntegrationCheck integration(YamlMap integration) {
        return new IntegrationCheck(
                integration.required("sample", YamlFormat.whole(1, Integer.MAX_VALUE)),
                integration.optional("within", YamlFormat.POSITIVE_DURATION, WITHIN));
    }
}
