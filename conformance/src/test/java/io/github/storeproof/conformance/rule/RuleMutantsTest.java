package io.github.storeproof.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RuleMutantsTest {
  @Test
  void linesOfARuleAreItsMutants() {
    RuleMutants mutants =
        RuleMutants.parse("ATTR-1: Sizes are zero.\nDIR-1: A: b.\nATTR-1: Sizes grow.\n");
    assertThat(mutants.of("ATTR-1")).containsExactly("Sizes are zero.", "Sizes grow.");
    assertThat(mutants.of("DIR-1")).containsExactly("A: b.");
    assertThat(mutants.of("DIR-2")).isEmpty();
  }

  @Test
  void aLineWithoutARuleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleMutants.parse("Sizes are zero."))
        .withMessage("line is 'Sizes are zero.', want 'RULE: sentence'");
  }

  @Test
  void everyBundledMutantBelongsToARule() {
    RuleMutants mutants = RuleMutants.bundled();
    assertThat(mutants.of("ATTR-1")).isNotEmpty();
  }
}
