package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsNot;
import io.github.storeproof.conformance.subject.NeedsRefresh;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;

/// Cases that come to everything that a case can come to. The runner's tests run them; no test run
/// does by itself.
final class ToyCases {
  @Checks("ATTR-1")
  void passes(Subject subject) {
    subject.mount();
  }

  @Checks("ATTR-1")
  @Should
  void breaksAShould() {
    throw new Mismatch("a good toy", "a broken toy");
  }

  @Checks("ATTR-2")
  void failsWithoutAMismatch() {
    throw new AssertionError("plain words");
  }

  @Checks("ATTR-3")
  void cannotFindOut() {
    throw new IllegalStateException("a fault of the kit");
  }

  @Checks("ATTR-4")
  void gives_up(Subject subject) {
    subject.skip("no toys here");
  }

  @Checks("DIR-1")
  @Needs("list-root")
  void needsAListing() {}

  @Checks("DIR-1")
  @NeedsNot("list-root")
  void needsNoListing() {}

  @Checks("DIR-2")
  @NeedsAnyFixture
  void needsAnyFixture() {}

  @Checks("DIR-3")
  @NeedsRefresh
  void needsRefresh() {}

  @Checks("READ-1")
  void hangs(Subject subject) {
    subject.run(Script.of(s -> s.sleep(60_000)));
  }

  @Checks("READ-2")
  void losesItsMount(Subject subject) {
    ((ToyTarget.ToyMount) subject.mount()).die();
    throw new Mismatch("bytes", "ENOTCONN");
  }

  @Checks("READ-3")
  void goesOnAfterThat(Subject subject) {
    subject.run(Script.of(s -> s.sleep(1)));
  }

  @Checks("READ-4")
  void takesRandomNumbers(Subject subject) {
    throw new Mismatch(
        "", subject.seed() + " " + subject.random().nextLong() + " " + subject.tries(7));
  }
}
