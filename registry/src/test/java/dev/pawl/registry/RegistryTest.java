package dev.pawl.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.registry.RegisteredVersion.State;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class RegistryTest {
    private final TestDatabases databases;

    @TempDir
    private Path folder;

    private Store store;
    private Registry registry;
    private Digest definition;

    RegistryTest(TestDatabases databases) {
        this.databases = databases;
    }

    @BeforeEach
    void open() {
        store = open(databases, folder);
        Definitions definitions = new Definitions(store.artifacts());
        definition = definitions.keep(Examples.definition());
        registry = new Registry(store, definitions).start();
    }

    @AfterEach
    void close() {
        registry.close();
        store.close();
    }

    @Test
    void a_production_run_becomes_the_next_version_with_its_lineage() {
        tell(Examples.finished("run-1", definition), Examples.finished("run-2", definition));

        assertThat(registry.versions(Examples.MODEL, 10))
                .extracting(it -> it.version().number())
                .containsExactly(2, 1);
        RegisteredVersion first = registry.version(version(1));
        assertThat(first.artifact()).isEqualTo(Digest.of("model of run-1"));
        assertThat(first.holdout()).isEqualTo(Digest.of("features of run-1"));
        assertThat(first.packageDigest()).isEqualTo(Examples.PACKAGE);
        assertThat(first.definition()).isEqualTo(definition);
        assertThat(first.outputs()).hasSize(2);
        assertThat(first.state()).isEqualTo(State.REGISTERED);
        assertThat(registered())
                .containsExactly(
                        new Fact.ModelRegistered(
                                Examples.PROJECT,
                                Examples.PROD,
                                version(1),
                                first.artifact(),
                                new RunId("run-1"),
                                definition,
                                Examples.AS_OF),
                        new Fact.ModelRegistered(
                                Examples.PROJECT,
                                Examples.PROD,
                                version(2),
                                Digest.of("model of run-2"),
                                new RunId("run-2"),
                                definition,
                                Examples.AS_OF));
    }

    @Test
    void one_run_gives_one_version_however_often_its_end_is_told() {
        tell(Examples.finished("run-1", definition), Examples.finished("run-1", definition));

        assertThat(registry.versions(Examples.MODEL, 10)).hasSize(1);
        assertThat(registered()).hasSize(1);
    }

    @Test
    void only_production_runs_that_succeeded_are_registered() {
        tell(
                finished("run-1", Fact.Purpose.PRODUCTION, Fact.Outcome.FAILED),
                finished("run-2", Fact.Purpose.INTEGRATION, Fact.Outcome.SUCCEEDED),
                finished("run-3", Fact.Purpose.EXPERIMENT, Fact.Outcome.SUCCEEDED));

        assertThat(registry.models()).isEmpty();
    }

    @Test
    void outside_of_production_a_model_has_a_name_of_its_own() {
        tell(Examples.finished(
                Examples.PROJECT,
                "run-1",
                Examples.STAGING,
                definition,
                Fact.Purpose.PRODUCTION,
                Fact.Outcome.SUCCEEDED));

        assertThat(registry.models())
                .extracting(RegisteredModel::name)
                .containsExactly(new ModelName("births-staging"));
    }

    @Test
    void a_name_belongs_to_the_project_that_used_it_first() {
        tell(
                Examples.finished("run-1", definition),
                Examples.finished(
                        new ProjectName("other"),
                        "run-2",
                        Examples.PROD,
                        definition,
                        Fact.Purpose.PRODUCTION,
                        Fact.Outcome.SUCCEEDED));

        assertThat(registry.versions(Examples.MODEL, 10))
                .extracting(RegisteredVersion::project)
                .containsExactly(Examples.PROJECT);
    }

    @Test
    void aliases_and_states_follow_deployments_and_a_rollback() {
        tell(Examples.finished("run-1", definition), Examples.finished("run-2", definition));
        tell(deployed(1, Optional.empty()), deployed(2, Optional.of(version(1))));

        assertThat(states()).containsExactly(State.CHAMPION, State.RETIRED);
        assertThat(registry.models()).first().satisfies(model -> {
            assertThat(model.champion()).contains(version(2));
            assertThat(model.previous()).contains(version(1));
        });

        tell(deployed(1, Optional.of(version(2))));
        assertThat(states()).containsExactly(State.RETIRED, State.CHAMPION);
        assertThat(registry.champion(Examples.MODEL).orElseThrow().version()).isEqualTo(version(1));
    }

    @Test
    void a_rejected_challenger_says_which_gate_and_why() {
        tell(Examples.finished("run-1", definition));
        tell(new Fact.ModelRejected(Examples.PROJECT, Examples.PROD, version(1), "quality", "mape 0.09 is above 0.06"));

        assertThat(registry.version(version(1)).state()).isEqualTo(State.REJECTED);
        assertThat(registry.version(version(1)).because()).isEqualTo("quality: mape 0.09 is above 0.06");
    }

    @Test
    void an_unknown_version_says_what_there_is() {
        assertThatThrownBy(() -> registry.version(version(1))).hasMessageContaining("no model 'births'");
        tell(Examples.finished("run-1", definition));
        assertThatThrownBy(() -> registry.version(version(7)))
                .hasMessage("Model 'births' has no version 7; its newest are [1]");
    }

    @Test
    void everything_is_there_after_a_restart_and_numbers_go_on() {
        tell(Examples.finished("run-1", definition));
        close();
        open();
        tell(Examples.finished("run-1", definition), Examples.finished("run-2", definition));

        assertThat(registry.versions(Examples.MODEL, 10))
                .extracting(it -> it.version().number())
                .containsExactly(2, 1);
        assertThat(registered()).hasSize(2);
    }

    private List<State> states() {
        return registry.versions(Examples.MODEL, 10).stream()
                .map(RegisteredVersion::state)
                .toList();
    }

    private void tell(Fact... facts) {
        store.database()
                .change(tx -> List.of(facts).forEach(fact -> store.ledger().append(tx, fact)));
        await().atMost(Duration.ofSeconds(30)).until(() -> store.database().read(registry::caughtUp));
        assertThat(registry.trouble()).isEmpty();
    }

    private List<Fact> registered() {
        return store.database().read(tx -> store.ledger().after(tx, 0, 100)).stream()
                .map(Ledger.Entry::fact)
                .filter(Fact.ModelRegistered.class::isInstance)
                .toList();
    }

    private Fact.RunFinished finished(String run, Fact.Purpose purpose, Fact.Outcome outcome) {
        return Examples.finished(Examples.PROJECT, run, Examples.PROD, definition, purpose, outcome);
    }

    private Fact.ModelDeployed deployed(int number, Optional<ModelVersion> previous) {
        return new Fact.ModelDeployed(
                Examples.PROJECT,
                new EnvironmentName("prod"),
                version(number),
                previous,
                Digest.of("model"),
                definition,
                Examples.AS_OF,
                "better");
    }

    private static ModelVersion version(int number) {
        return new ModelVersion(Examples.MODEL, number);
    }

    /** The database of a folder: the same one again after a restart. */
    private static Store open(TestDatabases databases, Path folder) {
        try {
            Path url = folder.resolve("database-url");
            if (Files.notExists(url)) {
                Files.writeString(url, databases.fresh(folder));
            }
            return Store.open(
                    databases.connect(Files.readString(url)),
                    folder,
                    Clock.system(),
                    Ids.system(),
                    List.of(Registry.SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
