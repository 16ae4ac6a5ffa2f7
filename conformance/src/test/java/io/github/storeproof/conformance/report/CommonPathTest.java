package io.github.storeproof.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommonPathTest {
  private static final Fixture LONG_NAMES = tree("long-names");

  @Test
  void failuresOfSeveralRulesByOneStorePathAreToldTogether() {
    Report report =
        Reports.of(
            failed("ATTR-1/sizes", LONG_NAMES),
            failed("DIR-1/lists", tree("wide")),
            failed("DIR-2/names", LONG_NAMES),
            failed("NAM-3/lengths", LONG_NAMES));

    assertThat(CommonPath.of(report))
        .singleElement()
        .satisfies(common ->
            assertThat(common.sentence())
                .isEqualTo(
                    "3 failures of 3 rules take nothing but "
                        + LONG_NAMES.root("long-names")
                        + " (ATTR-1, DIR-2, NAM-3): they may have one cause."));
  }

  @Test
  void failuresOfOneRuleNeedNoSentence() {
    Report report =
        Reports.of(failed("DIR-1/lists", LONG_NAMES), failed("DIR-2/names", LONG_NAMES));

    assertThat(CommonPath.of(report)).isEmpty();
  }

  private static Fixture tree(String name) {
    return Fixture.of("smallest", name, Tree.dir().plain("f", Content.ofText(name)).build());
  }

  private static CaseResult failed(String id, Fixture fixture) {
    return new CaseResult(
        id,
        Level.MUST,
        Verdict.FAILED,
        0.1,
        Optional.empty(),
        Optional.of(new Mismatch("success", "ENAMETOOLONG").with(fixture)),
        Optional.empty());
  }
}
