package dev.pawl.ci;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.After;
import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.CiPlan.UnitCheck;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which checks are made, and which are taken over as they ended in an earlier run.
 *
 * @param passed those of the earlier run that passed, if that is taken over
 * @param own the project's own checks of what the integration run gives, once they are known
 */
record Selection(Scope scope, Map<String, CiCheck> passed, List<String> own) {
    /** What one run of the pipeline decides together, the first of them for a run of its own. */
    private static final List<String> TOGETHER =
            List.of(CiCheck.INTEGRATION, CiCheck.CONTRACT, CiCheck.NUMERIC, CiCheck.DIFFERENCE);

    /** Made for everything that comes after them. */
    private static final List<String> BASE =
            List.of(CiCheck.CHECKOUT, CiCheck.DEFINITION, CiCheck.BUILD, CiCheck.PACKAGE);

    /** What takes the package, besides. */
    private static final List<String> PACKAGED = List.of(CiCheck.DEFINITION, CiCheck.PACKAGE, CiCheck.CONVERGENCE);

    static Selection of(Scope scope, List<CiCheck> earlier) {
        Map<String, CiCheck> passed = scope.failedOnly()
                ? earlier.stream()
                        .filter(check -> check.state() == CiCheck.State.PASSED && !BASE.contains(check.name()))
                        .collect(Collectors.toMap(CiCheck::name, Function.identity()))
                : new TreeMap<>();
        // Of the project's own checks, those before the integration run have passed if there was one.
        boolean allPassed = passed.keySet().containsAll(List.of(CiCheck.INTEGRATION, CiCheck.CONTRACT))
                && earlier.stream()
                        .filter(check -> TOGETHER.contains(check.name()) || CiCheck.isOwn(check.name()))
                        .allMatch(check -> check.state() == CiCheck.State.PASSED);
        if (!allPassed) {
            passed.keySet().removeAll(TOGETHER);
        }
        return new Selection(scope, Map.copyOf(passed), List.of());
    }

    /** The same, of a project that declares this. */
    Selection of(CiPlan plan) {
        List<String> names =
                plan.own(After.INTEGRATION).stream().map(OwnCheck::check).toList();
        Map<String, CiCheck> left = new TreeMap<>(passed);
        if (!passed.containsKey(CiCheck.INTEGRATION)) {
            left.keySet().removeAll(names);
        }
        return new Selection(scope, Map.copyOf(left), names);
    }

    /** What one run of the pipeline decides together. */
    private Stream<String> together() {
        return Stream.concat(TOGETHER.stream(), own.stream());
    }

    /** What stands for a check that is not made again. */
    Optional<Finding> takenOver(String check) {
        return scope.rerunOf()
                .flatMap(from -> Optional.ofNullable(passed.get(check)).map(earlier -> Taken.over(earlier, from)));
    }

    /** A check with how it ended earlier, so that it is said where that came from. */
    record Taken(String check, Finding finding) {
        private static final String TAKEN_OVER = "taken_over_from";
        private static final String CACHED = "cached_from";

        /** The evidence as the check itself left it. */
        static Map<String, Object> original(CiCheck check) {
            Map<String, Object> evidence = new LinkedHashMap<>(check.evidence());
            evidence.keySet().removeAll(List.of(TAKEN_OVER, CACHED));
            return evidence;
        }

        static Finding over(CiCheck earlier, CiRunId from) {
            return says(earlier, TAKEN_OVER, from, "taken over from " + from);
        }

        static Finding fromCache(CiCheck earlier, CiRunId from) {
            return says(earlier, CACHED, from, "from the cache of " + from + ", same content");
        }

        private static Finding says(CiCheck earlier, String key, CiRunId from, String words) {
            Map<String, Object> evidence = new LinkedHashMap<>(earlier.evidence());
            evidence.put(key, from);
            String summary = earlier.summary().isEmpty() ? words : earlier.summary() + " (" + words + ")";
            return new Finding(true, summary, evidence, earlier.log());
        }
    }

    /** Whether a check is made, or is needed by one that is. */
    boolean makes(String check) {
        return scope.asksFor(check) || (BASE.contains(check) && isNeeded(check));
    }

    /** The package is for checks that run the pipeline; all others are made in the built folder. */
    private boolean isNeeded(String base) {
        return switch (base) {
            case CiCheck.DEFINITION, CiCheck.PACKAGE -> runsPipeline();
            case CiCheck.BUILD -> scope.only().stream().anyMatch(name -> !name.equals(CiCheck.CHECKOUT));
            default -> true;
        };
    }

    /** Whether anything is asked for that is not made in the built folder. */
    boolean runsPipeline() {
        return Stream.concat(PACKAGED.stream(), together()).anyMatch(scope::asksFor);
    }

    /** The runs that are still to be made: what decides contract and integration is one of them. */
    List<PlannedRun> still(List<PlannedRun> planned) {
        return planned.stream()
                .filter(run -> takenOver(run.check()).isEmpty())
                .filter(run -> scope.asksFor(run.check())
                        || (run.check().equals(CiCheck.INTEGRATION)
                                && together().anyMatch(scope::asksFor)))
                .toList();
    }

    /** The checks that try steps with what the integration run gives. */
    List<String> tried(CiPlan plan) {
        Stream<String> declared = Stream.of(
                        Stream.of(CiCheck.CONTRACT),
                        plan.numeric().map(_ -> CiCheck.NUMERIC).stream(),
                        plan.difference().map(_ -> CiCheck.DIFFERENCE).stream(),
                        own.stream())
                .flatMap(names -> names);
        return declared.filter(scope::asksFor)
                .filter(check -> takenOver(check).isEmpty())
                .toList();
    }

    /** Checks of runs that need not be made. */
    List<Taken> taken(List<PlannedRun> planned) {
        Stream<String> names = planned.stream().map(PlannedRun::check);
        return Stream.concat(names, together())
                .distinct()
                .flatMap(name -> takenOver(name).map(finding -> new Taken(name, finding)).stream())
                .toList();
    }

    /** @throws PawlException if something is asked for that the project does not have */
    void requireDeclared(CiPlan plan) {
        List<String> declared = new ArrayList<>(BASE);
        plan.unit().stream().map(UnitCheck::check).forEach(declared::add);
        plan.convergence().ifPresent(_ -> declared.add(CiCheck.CONVERGENCE));
        plan.integration().ifPresent(_ -> declared.addAll(List.of(CiCheck.INTEGRATION, CiCheck.CONTRACT)));
        plan.numeric().ifPresent(_ -> declared.add(CiCheck.NUMERIC));
        plan.difference().ifPresent(_ -> declared.add(CiCheck.DIFFERENCE));
        plan.own().stream().map(OwnCheck::check).forEach(declared::add);
        for (String name : scope.only()) {
            if (declared.stream().noneMatch(check -> check.equals(name) || check.startsWith(name + "."))) {
                throw PawlException.user(
                        "no-check",
                        "This project has no check '%s'; it has %s".formatted(name, String.join(", ", declared)));
            }
        }
    }
}
