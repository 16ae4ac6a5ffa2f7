package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MutantsTest {
  @Test
  void everyMutantHasANameOfItsOwn() {
    assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
  }
}
