package io.github.storeproof.conformance.cases.store;

import java.time.Duration;

/// Time in which a server may do what it should not.
final class Moment {
  private Moment() {}

  static void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the case was interrupted", e);
    }
  }
}
