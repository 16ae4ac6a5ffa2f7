package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.target.LiveMount;
import java.io.IOException;

/// Starts probers. *Immutable.*
final class Probers {
  private Probers() {}

  /// A prober in a mount.
  ///
  /// @throws IllegalStateException when no process can be started, which is no fault of the target
  static Prober in(LiveMount mount) {
    try {
      return Prober.start(mount.root());
    } catch (IOException e) {
      throw new IllegalStateException("cannot start a prober: " + e.getMessage(), e);
    }
  }
}
