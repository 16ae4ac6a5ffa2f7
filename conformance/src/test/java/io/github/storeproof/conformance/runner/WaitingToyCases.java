package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;

/// A case that ends when one of [MeetingToyCases] runs at the same time.
final class WaitingToyCases {
  @Checks("ATTR-2")
  void waitsForAnother(Subject subject) throws Exception {
    MeetingToyCases.meet(subject);
  }
}
