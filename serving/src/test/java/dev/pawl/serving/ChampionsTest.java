package dev.pawl.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.PawlException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who answers, and when native memory is let go. */
class ChampionsTest {
    private final Champions champions = new Champions();

    @AfterEach
    void close() {
        champions.close();
    }

    @Test
    void the_version_before_stays_warm_and_the_one_before_that_is_let_go() {
        deploy(1);
        ModelRuntime first = champion();
        deploy(2);
        ModelRuntime second = champion();
        deploy(3);
        assertThat(champion().version().number()).isEqualTo(3);
        assertThat(first.freed()).isTrue();
        assertThat(second.freed()).isFalse();
        assertThatThrownBy(() -> champions.hold(Models.BIRTHS, Optional.of(1)))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("the champion, version 3, answers and so does the one before it, version 2");
    }

    @Test
    void while_the_next_champion_is_being_loaded_the_old_one_answers() {
        deploy(1);
        AtomicInteger answered = new AtomicInteger();
        champions.deploy(Models.version(2), () -> {
            ModelRuntime meanwhile = champions.hold(Models.BIRTHS, Optional.empty());
            answered.set(meanwhile.version().number());
            meanwhile.release();
            return Models.births(2);
        });
        assertThat(answered).hasValue(1);
        assertThat(champion().version().number()).isEqualTo(2);
    }

    @Test
    void a_rollback_loads_nothing() {
        deploy(1);
        ModelRuntime first = champion();
        deploy(2);
        champions.deploy(Models.version(1), () -> {
            throw new AssertionError("it is loaded already");
        });
        assertThat(champion()).isSameAs(first);
        assertThat(first.freed()).isFalse();
    }

    @Test
    void a_version_that_cannot_be_loaded_changes_nothing() {
        deploy(1);
        ModelRuntime first = champion();
        assertThatThrownBy(() -> champions.deploy(Models.version(2), () -> new byte[] {1, 2, 3}))
                .isInstanceOf(PawlException.class);
        assertThat(champion()).isSameAs(first);
        assertThat(first.freed()).isFalse();
    }

    @Test
    void native_memory_is_free_only_after_the_last_call_ended() {
        deploy(1);
        ModelRuntime held = champions.hold(Models.BIRTHS, Optional.empty());
        deploy(2);
        deploy(3);
        assertThat(held.hold()).isTrue();
        held.release();
        assertThat(held.freed()).isFalse();
        held.release();
        assertThat(held.freed()).isTrue();
        assertThat(held.hold()).isFalse();
    }

    @Test
    void closing_lets_all_go_and_answers_nobody() {
        deploy(1);
        ModelRuntime first = champion();
        champions.close();
        assertThat(first.freed()).isTrue();
        assertThatThrownBy(() -> champions.hold(Models.BIRTHS, Optional.empty()))
                .isInstanceOf(PawlException.class);
    }

    private void deploy(int version) {
        champions.deploy(Models.version(version), () -> Models.births(version));
    }

    private ModelRuntime champion() {
        return champions.place(Models.BIRTHS).orElseThrow().champion();
    }
}
