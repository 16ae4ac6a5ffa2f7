package io.github.storeproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PathProgressTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aBarGrowsWithThePaths() {
    try (PathProgress progress = new PathProgress(new PrintWriter(err), true, 4)) {
      assertThat(progress.line()).isEqualTo("[" + " ".repeat(30) + "] 0 of 4 paths");
      progress.step();
      progress.step();
      assertThat(progress.line())
          .isEqualTo("[" + "=".repeat(15) + " ".repeat(15) + "] 2 of 4 paths");
    }
    assertThat(err.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void nothingIsWrittenWhereNobodyWatches() {
    try (PathProgress progress = new PathProgress(new PrintWriter(err), false, 1)) {
      progress.step();
    }
    assertThat(err.toString()).isEmpty();
  }
}
