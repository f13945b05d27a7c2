package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck.State;
import dev.pawl.definition.CiPlan;
import dev.pawl.definition.CiPlan.After;
import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final CiRunId EARLIER = new CiRunId("ci-1");
    private static final Scope FAILED_ONLY = new Scope(List.of(), Optional.of(EARLIER), true, false);
    private static final List<PlannedRun> RUNS = Stream.of(CiCheck.INTEGRATION, CiCheck.CONVERGENCE)
            .map(check -> new PlannedRun(check, "", Digest.of("d"), 9, Duration.ofMinutes(1)))
            .toList();

    private static CiCheck check(String name, State state) {
        return new CiCheck(name, state, "said", Map.of(), Optional.empty(), Instant.EPOCH, Optional.of(Instant.EPOCH));
    }

    private static List<String> still(Selection selection) {
        return selection.still(RUNS).stream().map(PlannedRun::check).toList();
    }

    @Test
    void of_some_checks_only_what_they_need_is_made() {
        Selection unit = Selection.of(Scope.only(List.of("unit")), List.of());
        Selection convergence = Selection.of(Scope.only(List.of("convergence")), List.of());
        Selection contract = Selection.of(Scope.only(List.of("contract")), List.of());

        assertThat(unit.makes("unit.features")).isTrue();
        assertThat(unit.makes("unity")).isFalse();
        assertThat(unit.makes(CiCheck.BUILD)).isTrue();
        assertThat(unit.makes(CiCheck.PACKAGE)).isFalse();
        assertThat(unit.runsPipeline()).isFalse();
        assertThat(convergence.makes(CiCheck.PACKAGE)).isTrue();
        assertThat(convergence.makes("unit")).isFalse();
        assertThat(still(convergence)).containsExactly(CiCheck.CONVERGENCE);
        assertThat(still(contract)).containsExactly(CiCheck.INTEGRATION);
    }

    @Test
    void what_passed_is_taken_over_and_says_from_where() {
        Selection selection = Selection.of(
                FAILED_ONLY,
                List.of(
                        check(CiCheck.BUILD, State.PASSED),
                        check("unit.features", State.PASSED),
                        check("unit.methods", State.FAILED),
                        check(CiCheck.CONVERGENCE, State.PASSED)));

        assertThat(selection.takenOver(CiCheck.BUILD)).as("always made again").isEmpty();
        assertThat(selection.takenOver("unit.methods")).isEmpty();
        assertThat(selection.takenOver("unit.features")).hasValueSatisfying(finding -> {
            assertThat(finding.summary()).isEqualTo("said (taken over from ci-1)");
            assertThat(finding.evidence()).isEqualTo(Map.of("taken_over_from", EARLIER));
        });
        assertThat(still(selection)).containsExactly(CiCheck.INTEGRATION);
    }

    @Test
    void contract_and_integration_are_taken_over_together_or_not_at_all() {
        List<CiCheck> half = List.of(check(CiCheck.CONTRACT, State.FAILED), check(CiCheck.INTEGRATION, State.PASSED));
        List<CiCheck> both = List.of(check(CiCheck.CONTRACT, State.PASSED), check(CiCheck.INTEGRATION, State.PASSED));

        assertThat(Selection.of(FAILED_ONLY, half).takenOver(CiCheck.INTEGRATION))
                .isEmpty();
        assertThat(Selection.of(FAILED_ONLY, both).taken(RUNS))
                .extracting(Selection.Taken::check)
                .containsExactly(CiCheck.INTEGRATION, CiCheck.CONTRACT);
        assertThat(still(Selection.of(FAILED_ONLY, both))).containsExactly(CiCheck.CONVERGENCE);
    }

    private static Selection ofOwn(Scope scope, List<CiCheck> earlier) {
        CiPlan none = new CiPlan(
                Optional.empty(),
                Duration.ofMinutes(1),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        List<OwnCheck> own = List.of(
                new OwnCheck("built", "true", Duration.ofMinutes(1), After.BUILD),
                new OwnCheck("fair", "true", Duration.ofMinutes(1), After.INTEGRATION));
        return Selection.of(scope, earlier)
                .of(new CiPlan(
                        none.build(),
                        none.buildTimeout(),
                        none.commands(),
                        none.packaged(),
                        none.unit(),
                        none.integration(),
                        none.convergence(),
                        none.contract(),
                        none.numeric(),
                        none.difference(),
                        own,
                        none.reproducible(),
                        none.image()));
    }

    @Test
    void an_own_check_needs_what_it_looks_at() {
        Selection built = ofOwn(Scope.only(List.of("own.built")), List.of());
        Selection fair = ofOwn(Scope.only(List.of("own.fair")), List.of());
        Selection both = ofOwn(Scope.only(List.of("own")), List.of());

        assertThat(built.makes("own.built")).isTrue();
        assertThat(built.makes(CiCheck.BUILD)).isTrue();
        assertThat(built.runsPipeline()).isFalse();
        assertThat(fair.makes("own.built")).isFalse();
        assertThat(fair.makes(CiCheck.PACKAGE)).isTrue();
        assertThat(still(fair)).containsExactly(CiCheck.INTEGRATION);
        assertThat(both.makes("own.built")).isTrue();
        assertThat(both.runsPipeline()).isTrue();
    }

    @Test
    void an_own_check_of_the_integration_run_is_taken_over_with_it_or_not_at_all() {
        List<CiCheck> passed = List.of(
                check("own.built", State.PASSED),
                check(CiCheck.CONTRACT, State.PASSED),
                check(CiCheck.INTEGRATION, State.PASSED),
                check("own.fair", State.PASSED));
        List<CiCheck> contract = List.of(
                check("own.built", State.PASSED),
                check(CiCheck.CONTRACT, State.FAILED),
                check(CiCheck.INTEGRATION, State.PASSED),
                check("own.fair", State.PASSED));

        assertThat(ofOwn(FAILED_ONLY, passed).taken(RUNS))
                .extracting(Selection.Taken::check)
                .containsExactly(CiCheck.INTEGRATION, CiCheck.CONTRACT, "own.fair");
        assertThat(ofOwn(FAILED_ONLY, contract).takenOver("own.fair")).isEmpty();
        assertThat(ofOwn(FAILED_ONLY, contract).takenOver("own.built")).isPresent();
    }
}
