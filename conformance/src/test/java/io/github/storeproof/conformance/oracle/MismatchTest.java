package io.github.storeproof.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.prober.Script;
import org.junit.jupiter.api.Test;

class MismatchTest {
  private static Mismatch withCalls(int count) {
    Script script =
        Script.of(s -> {
          for (int call = 0; call < count; call++) {
            s.sleep(call);
          }
        });
    return new Mismatch("silence", "noise").with(script);
  }

  @Test
  void aShortScriptIsShownWhole() {
    assertThat(withCalls(3).toString())
        .contains("expected: silence", "observed: noise")
        .doesNotContain("more lines");
  }

  @Test
  void ofALongScriptTheBeginningIsShown() {
    String text = withCalls(1000).toString();
    assertThat(text).contains("… and 960 more lines, see the report");
    assertThat(text.lines().count()).isLessThan(50);
  }
}
