package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NodeTest {
  private static final B3Digest DIGEST = Blake3.hash(new byte[0]);

  @Test
  void takesSizesUpToTheLargestFileOffset() {
    assertThat(new FileNode(DIGEST, Long.MAX_VALUE, true).size()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    assertRefused(
        Violation.SIZE_RANGE,
        "size is 9223372036854775808, want at most 9223372036854775807",
        () -> new FileNode(DIGEST, Long.MIN_VALUE, false));
  }

  @Test
  void refusesADirectoryThatIsTooLarge() {
    assertRefused(
        Violation.SIZE_RANGE,
        "size is 18446744073709551615, want at most 9223372036854775807",
        () -> new DirectoryNode(DIGEST, -1));
  }

  @Test
  void nodesOfOneContentAndOtherModesDiffer() {
    assertThat(new FileNode(DIGEST, 1, true)).isNotEqualTo(new FileNode(DIGEST, 1, false));
  }
}
