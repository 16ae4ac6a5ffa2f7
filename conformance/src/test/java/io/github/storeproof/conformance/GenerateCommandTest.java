package io.github.storeproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// `storeproof fixtures generate`: what it leaves in its directory, and what it refuses.
class GenerateCommandTest {
  private static final String[] BESIDE = {
    "fixtures.json", "key.public", "key.secret", "manifest.txt", "paths.jsonl"
  };

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path work;

  private int generate(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = Stream.concat(Stream.of("fixtures", "generate"), Stream.of(words)).toList();
    return line.execute(all.toArray(String[]::new));
  }

  private String output() {
    return work.resolve("out").toString();
  }

  @ParameterizedTest
  @CsvSource({"tree, tree", "nar, nar", "binary-cache, cache"})
  void aFormatFillsItsEntry(String format, String entry) throws IOException {
    assertThat(generate("--profile", "minimal", "--format", format, "--out", output())).isZero();
    assertThat(out.toString())
        .startsWith("8 store paths in " + work.resolve("out").resolve(entry) + ", manifest ");
    assertThat(namesIn(work.resolve("out"))).contains(BESIDE).contains(entry).hasSize(6);
    Json.Obj summary = Json.parse(Files.readString(work.resolve("out/fixtures.json"))).asObject();
    assertThat(summary.get("pathCount").asNumber()).isEqualTo(8);
    assertThat(summary.get("format").asText()).isEqualTo(format);
  }

  @Test
  void theSameWordsGiveTheSamePathsInEachFormat() throws IOException {
    for (String format : List.of("tree", "nar", "binary-cache")) {
      String directory = work.resolve(format).toString();
      assertThat(
              generate(
                  "--profile", "minimal", "--count", "30", "--format", format, "--out", directory))
          .isZero();
    }
    assertThat(work.resolve("tree/paths.jsonl"))
        .hasSameTextualContentAs(work.resolve("nar/paths.jsonl"))
        .hasSameTextualContentAs(work.resolve("binary-cache/paths.jsonl"));
  }

  @Test
  void aNameOfTheCatalogIsAFixtureToo() throws IOException {
    assertThat(generate("root-kinds", "--out", output())).isZero();
    assertThat(work.resolve("out/manifest.txt"))
        .content()
        .startsWith("storeproof-manifest 1\nfixture root-kinds\n");
    assertThat(namesIn(work.resolve("out/tree"))).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--profile minimal --count 0 | count is 0, want 1 or more",
        "--profile minimal --count -3 | count is -3, want 1 or more",
        "--profile minimal --count x | Invalid value for option '--count'",
        "--profile minimal --seed -1 | seed is -1, want 0 or more",
        "--profile minimal --generation 99 | generation is 99, want 1 to ",
        "--profile minimal --format zip | format is \"zip\", want tree, nar",
        "--profile minimal --format grpc=x | address is \"x\", want grpc+unix:///path",
        "--profile tiny | profile is \"tiny\", want minimal, adversarial",
        "standard --profile minimal | want one of them",
        "standard --count 3 | --count belongs to --profile",
        "nope | no fixture \"nope\"",
        "--seed 1 | want --profile (minimal, ",
      })
  void wrongWordsAreRefusedBeforeAnythingIsWritten(String words, String message) {
    List<String> all =
        Stream.concat(Stream.of(words.split(" ")), Stream.of("--out", output())).toList();
    assertThat(generate(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(work.resolve("out")).doesNotExist();
  }

  @Test
  void aDirectoryWithEntriesIsLeftAsItIs() throws IOException {
    Files.writeString(work.resolve("mine"), "bytes");
    assertThat(generate("--profile", "minimal", "--out", work.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(work + " is not empty, want a new or empty directory");
    assertThat(namesIn(work)).containsExactly("mine");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(work.resolve("file"), "bytes");
    assertThat(generate("--profile", "minimal", "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(file + " is no directory, want a new or empty one");
    assertThat(generate("--profile", "minimal", "--out", "/proc/fixtures")).isEqualTo(2);
    assertThat(err.toString()).contains("cannot write to /proc/fixtures");
  }

  @Test
  void servicesThatAreNotThereAreNamedAndNothingIsWritten() {
    String socket = work.resolve("none").toString();
    assertThat(generate("--profile", "minimal", "--format", "grpc=unix:" + socket)).isEqualTo(2);
    assertThat(err.toString())
        .contains("nothing listens on unix:" + socket + ", want store services");
    assertThat(
            generate("--profile", "minimal", "--format", "grpc=unix:" + socket, "--out", output()))
        .isEqualTo(2);
    assertThat(work.resolve("out")).doesNotExist();
  }

  @Test
  void aFormatInADirectoryNeedsOne() {
    assertThat(generate("--profile", "minimal", "--format", "nar")).isEqualTo(2);
    assertThat(err.toString()).contains("--out is missing, want a new or empty directory");
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
