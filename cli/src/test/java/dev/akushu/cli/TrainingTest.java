package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TrainingTest {
    /** The launcher says nothing of a training that fails: the program would merely start as slowly as without. */
    @Test
    void everyCommandOfTheTrainingSucceeds() {
        assertThatCode(Training::begin).doesNotThrowAnyException();
        assertThatCode(Training::demo).doesNotThrowAnyException();
        assertThatCode(Training::converse).doesNotThrowAnyException();
    }
}
