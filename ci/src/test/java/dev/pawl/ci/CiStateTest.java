package dev.pawl.ci;

import static dev.pawl.ci.CiState.CHECKING;
import static dev.pawl.ci.CiState.INTEGRATING;
import static dev.pawl.ci.CiState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiState.Event;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CiStateTest {
    @Test
    void a_commit_passes_through_all_checks() {
        assertThat(QUEUED.after(Event.BEGAN)
                        .flatMap(state -> state.after(Event.PACKED))
                        .flatMap(state -> state.after(Event.INTEGRATED)))
                .hasValue(CiState.PASSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "CHECKING", "INTEGRATING"})
    void a_refusal_ends_it_anywhere(CiState state) {
        assertThat(state.after(Event.REFUSED)).hasValue(CiState.FAILED);
    }

    @Test
    void only_what_has_not_begun_is_superseded() {
        assertThat(QUEUED.after(Event.NEWER_COMMIT_CAME)).hasValue(CiState.SUPERSEDED);
        assertThat(CHECKING.after(Event.NEWER_COMMIT_CAME)).isEmpty();
        assertThat(INTEGRATING.after(Event.NEWER_COMMIT_CAME)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "CHECKING", "INTEGRATING"})
    void it_can_be_cancelled_anywhere(CiState state) {
        assertThat(state.isOver()).isFalse();
        assertThat(state.after(Event.CANCEL)).hasValue(CiState.CANCELLED);
    }

    @Test
    void an_attempt_that_broke_begins_again() {
        assertThat(CHECKING.after(Event.BEGAN)).hasValue(CHECKING);
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSED", "FAILED", "SUPERSEDED", "CANCELLED"})
    void an_end_is_the_end(CiState end) {
        assertThat(end.isOver()).isTrue();
        assertThat(EnumSet.allOf(Event.class))
                .allSatisfy(event -> assertThat(end.after(event)).isEmpty());
    }
}
