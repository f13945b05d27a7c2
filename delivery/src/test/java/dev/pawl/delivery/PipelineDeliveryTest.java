package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.Environment;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineDeliveryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_package_of_its_branch_is_deployed_by_itself(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            ring.built(1, "main", Births.definition());
            Deployment deployment = ring.attempted(Births.DEV, 1);
            assertThat(deployment.outcome()).isEqualTo(Deployment.Outcome.DEPLOYED);
            assertThat(deployment.commit()).isEqualTo(Births.commit(1));
            ring.quiet();
            assertThat(ring.facts(Fact.PipelineDeployed.class))
                    .containsExactly(new Fact.PipelineDeployed(
                            Births.PROJECT, Births.DEV, Births.packageOf(1), deployment.definition(), "automatic"));
            assertThat(ring.delivery.current(Births.PROJECT, Births.DEV)).contains(deployment);
            assertThat(ring.delivery.current(Births.PROJECT, Births.PROD)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_machine_lacks_is_told_and_nothing_changes(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            ring.built(1, "main", Births.definition());
            ring.attempted(Births.DEV, 1);
            ring.built(2, "main", Births.definition(new Environment.Requirements(99, 0, List.of("git", "cobol"))));
            Deployment refused = ring.attempted(Births.DEV, 2);
            assertThat(refused.because())
                    .isEqualTo("java: needs 99 or newer, found 25; command cobol: needs on the PATH, found not on the"
                            + " PATH");
            assertThat(refused.checks()).hasSize(3);
            assertThat(ring.facts(Fact.DeploymentRefused.class))
                    .containsExactly(new Fact.DeploymentRefused(
                            Births.PROJECT, Births.DEV, Births.packageOf(2), refused.because()));
            assertThat(ring.delivery.environments(Births.PROJECT).getFirst()).satisfies(dev -> {
                assertThat(dev.current().orElseThrow().packageDigest()).isEqualTo(Births.packageOf(1));
                assertThat(dev.refused()).contains(refused);
            });
        }
    }

    @Test
    void another_branch_is_only_kept_for_promotion_by_hand() {
        try (Ring ring = started()) {
            ring.built(1, "idea", Births.definition());
            ring.quiet();
            assertThat(ring.delivery.deployments(Births.PROJECT)).isEmpty();
            Deployment byHand =
                    ring.delivery.promote(Births.PROJECT, Births.packageOf(1).brief(), Births.DEV, "ada");
            assertThat(byHand.by()).isEqualTo("ada");
            assertThat(ring.facts(Fact.PipelineDeployed.class))
                    .extracting(Fact.PipelineDeployed::by)
                    .containsExactly("ada");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_package_is_promoted_by_digest_prefix_or_commit(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            ring.built(1, "main", Births.definition());
            ring.built(2, "main", Births.definition());
            ring.quiet();
            promote(ring, Births.packageOf(1).value());
            promote(ring, Births.commit(2).value());
            promote(ring, Births.packageOf(1).hex().substring(0, 6));
            assertThat(ring.delivery.deployments(Births.PROJECT).stream()
                            .filter(deployment -> deployment.environment().equals(Births.PROD))
                            .map(Deployment::packageDigest))
                    .containsExactly(Births.packageOf(1), Births.packageOf(2), Births.packageOf(1));
        }
    }

    @Test
    void a_promotion_that_cannot_be_is_refused_at_once() {
        try (Ring ring = started()) {
            ring.built(1, "main", Births.definition());
            ring.built(0, "main", Births.definition());
            ring.quiet();
            String newest = Births.packageOf(0).brief() + " (commit 000000000000)";
            refused(ring, "abcd", "Project births has no package 'abcd'; its newest is " + newest, "no-package");
            refused(
                    ring,
                    "x'; --",
                    "A package is named by 4 to 64 hexadecimal digits of its digest or its commit, not 'x'; --'",
                    "bad-package");
            refused(ring, "0000", "'0000' may be any", "package-ambiguous");
            promote(ring, Births.packageOf(1).value());
            refused(
                    ring,
                    Births.packageOf(1).value(),
                    "Environment prod of project births runs package %s already"
                            .formatted(Births.packageOf(1).brief()),
                    "already-deployed");
            assertThatThrownBy(() -> ring.delivery.promote(
                            Births.PROJECT, Births.packageOf(1).value(), new EnvironmentName("moon"), "ada"))
                    .hasMessage("Project births has no environment 'moon'; pawl.yaml has [dev, prod]");
            assertThatThrownBy(() -> ring.delivery.promote(
                            new ProjectName("nobody"), Births.packageOf(1).value(), Births.PROD, "ada"))
                    .hasMessageContaining("it has none yet: push a commit first");
            assertThatThrownBy(() -> ring.delivery.promote(
                            Births.PROJECT, Births.packageOf(1).value(), Births.PROD, "automatic"))
                    .hasMessageContaining("say who wants the promotion");
        }
    }

    @Test
    void a_promotion_to_a_machine_that_lacks_something_is_recorded_and_told() {
        try (Ring ring = started()) {
            ring.built(1, "idea", Births.definition(new Environment.Requirements(99, 0, List.of())));
            ring.quiet();
            refused(
                    ring,
                    Births.packageOf(1).value(),
                    "Environment prod cannot run package %s, so that nothing was changed: java: needs 99 or newer, found 25"
                            .formatted(Births.packageOf(1).brief()),
                    "deployment-refused");
            assertThat(ring.delivery.deployments(Births.PROJECT))
                    .extracting(Deployment::outcome)
                    .containsExactly(Deployment.Outcome.REFUSED);
            assertThat(ring.facts(Fact.DeploymentRefused.class)).hasSize(1);
        }
    }

    @Test
    void a_check_that_could_not_be_made_has_failed() {
        try (Ring ring =
                Ring.fresh(TestDatabases.SQLITE, folder, new Unreachable()).start()) {
            ring.built(1, "main", Births.definition(new Environment.Requirements(0, 0, List.of("git"))));
            assertThat(ring.attempted(Births.DEV, 1).because())
                    .isEqualTo("check: needs to be made, found it could not be made: the machine does not answer");
        }
    }

    @Test
    void what_was_built_while_the_stage_was_down_is_deployed_once_it_is_up() {
        String url = TestDatabases.SQLITE.fresh(folder);
        try (Ring ring = reopened(url)) {
            ring.built(1, "main", Births.definition());
            ring.built(2, "main", Births.definition());
        }
        try (Ring ring = reopened(url).start()) {
            ring.quiet();
        }
        try (Ring ring = reopened(url).start()) {
            ring.quiet();
            assertThat(ring.facts(Fact.PipelineDeployed.class))
                    .extracting(Fact.PipelineDeployed::packageDigest)
                    .containsExactly(Births.packageOf(1), Births.packageOf(2));
            assertThat(ring.delivery.deployments(Births.PROJECT)).hasSize(2);
        }
    }

    private Ring reopened(String url) {
        return new Ring(TestDatabases.SQLITE.open(url, folder, Clock.system(), Delivery.SCHEMA), Machines.ROOMY);
    }

    private Ring started() {
        return Ring.fresh(TestDatabases.SQLITE, folder, Machines.ROOMY).start();
    }

    private static void promote(Ring ring, String reference) {
        ring.delivery.promote(Births.PROJECT, reference, Births.PROD, "ada");
    }

    private static void refused(Ring ring, String reference, String message, String code) {
        assertThatThrownBy(() -> promote(ring, reference))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private record Unreachable() implements Target {
        @Override
        public int accelerators() {
            throw new IllegalStateException("the target does not answer");
        }

        @Override
        public int cpus() {
            throw new IllegalStateException("the target does not answer");
        }

        @Override
        public int javaVersion() {
            throw new IllegalStateException("the machine does not answer");
        }

        @Override
        public long memoryBytes() {
            throw new IllegalStateException("the machine does not answer");
        }

        @Override
        public boolean hasCommand(String command) {
            throw new IllegalStateException("the machine does not answer");
        }

        @Override
        public boolean hasFile(Path file) {
            throw new IllegalStateException("the machine does not answer");
        }
    }
}
