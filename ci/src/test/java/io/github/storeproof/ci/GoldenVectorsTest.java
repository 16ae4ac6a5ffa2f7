package io.github.storeproof.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The golden vectors judged by code in another language, `ci/vectors/check.py`, and that code itself by vectors that were
/// made wrong.
class GoldenVectorsTest {
  private static final Path SCRIPT = Path.of("vectors/check.py");
  private static final Path VECTORS = Path.of("../fixtures/vectors");

  @TempDir private Path work;

  private record Outcome(int status, String output) {}

  private Outcome check(Path directory) throws IOException, InterruptedException {
    Path output = work.resolve("output");
    Process process =
        new ProcessBuilder("python3", SCRIPT.toString(), directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Outcome(process.waitFor(), Files.readString(output));
  }

  @Test
  void pythonAgreesWithEveryVector() throws Exception {
    Outcome outcome = check(VECTORS);
    assertThat(outcome.output()).containsPattern("^[0-9]{3} vectors in 8 files, 0 failures");
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "names, '\"valid\": false', '\"valid\": true', names/empty is refused",
    "nodes, '\"entry\": \"12', '\"entry\": \"13', nodes/empty-file entry is 12",
    "directories, '\"digest\": \"af1349b9', '\"digest\": \"af1349b8', directories/empty digest is af1349b9",
    "nars, '\"size\": \"', '\"size\": \"1', nars/file-of-0 size is",
    "nars, '\"valid\": true', '\"valid\": false', 'nars/file-of-0 is accepted, want it refused'",
    "store-paths, '-name\"', '-eman\"', 'store-paths/name digest and name is'",
    "nixbase32, '\"bytes\": \"1f\"', '\"bytes\": \"2f\"', nixbase32/one-byte bytes and text is",
    "narinfos, '\"fingerprint\": \"1', '\"fingerprint\": \"2', narinfos/plain fingerprint is",
    "signatures, '\"secret\": \"01', '\"secret\": \"02', signatures/references signature is",
    "nars, '\"hunts\"', '\"bug\"', '{''hunts''}'",
  })
  void aVectorThatIsMadeWrongIsFound(String kind, String right, String wrong, String message)
      throws Exception {
    Files.copy(VECTORS.resolve("schema.json"), work.resolve("schema.json"));
    Path file = work.resolve(kind + ".json");
    String text = Files.readString(VECTORS.resolve(kind + ".json"));
    String changed = text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);

    Outcome outcome = check(work);
    assertThat(outcome.output()).contains(message);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void noVectorsAreAnError() throws Exception {
    Files.copy(VECTORS.resolve("schema.json"), work.resolve("schema.json"));
    assertThat(check(work)).isEqualTo(new Outcome(1, "0 vectors in 0 files, 0 failures\n"));
  }
}
