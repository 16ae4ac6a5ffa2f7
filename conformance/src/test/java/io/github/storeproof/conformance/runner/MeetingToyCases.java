package io.github.storeproof.conformance.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/// A case that ends when one of [WaitingToyCases] runs at the same time.
final class MeetingToyCases {
  private static final CyclicBarrier MEETING = new CyclicBarrier(2);

  static void meet(Subject subject) throws Exception {
    assertThat(subject.mount().healthy()).isTrue();
    MEETING.await(30, TimeUnit.SECONDS);
  }

  @Checks("ATTR-1")
  void meetsAnother(Subject subject) throws Exception {
    meet(subject);
  }
}
