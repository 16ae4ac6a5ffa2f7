package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.ProberDied;
import io.github.storeproof.conformance.prober.ProberHung;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.target.LiveMount;
import java.time.Duration;
import java.util.Locale;

/// Says what is known when a script does not come to its end. *Immutable.*
final class Explanations {
  private Explanations() {}

  /// A call did not return. To be asked before the mount is given up.
  static Mismatch hung(ProberHung hung, Script script, LiveMount mount, Duration deadline) {
    return new Mismatch(
            "every call of the script returns within " + seconds(deadline),
            hung.report().details().strip() + "\nthe mount: " + mount.diagnosis())
        .with(script)
        .hint(
            "The server did not answer a request of the kernel: a lock that is held, a reply that"
                + " is lost, or a loop. The wait channel above says in which kernel function the"
                + " call waits.");
  }

  /// The prober ended in the middle of a script. To be asked before the mount is given up.
  static Mismatch died(ProberDied died, Script script, LiveMount mount) {
    return new Mismatch(
            "the process that makes the calls lives on",
            died.getMessage() + "\nthe mount: " + mount.diagnosis())
        .with(script)
        .hint("A page of a mapped file that cannot be read ends its reader by SIGBUS (signal 7).");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
