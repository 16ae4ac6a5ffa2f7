package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
  @Test
  void theLastWordsAreTheArgumentsByteByByte() {
    byte[] commandLine = "java\0Main\0import\0\u00e9\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(RawArguments.last(3, commandLine)).contains(new String[] {"import", "\u00e9", ""});
  }

  @Test
  void noArgumentsAreNoWords() {
    assertThat(RawArguments.last(0, "java\0Main\0".getBytes(StandardCharsets.US_ASCII)))
        .contains(new String[0]);
  }

  @Test
  void aCommandLineThatWasCutIsNotTrusted() {
    assertThat(RawArguments.last(3, "java\0".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }
}
