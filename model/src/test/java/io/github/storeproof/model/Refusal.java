package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Says that bytes from outside are refused, for which violation and in which words.
final class Refusal {
  private Refusal() {}

  static void assertRefused(Violation violation, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidDataException.class,
            refusal -> assertThat(refusal.violation()).isEqualTo(violation))
        .hasMessage(message);
  }
}
