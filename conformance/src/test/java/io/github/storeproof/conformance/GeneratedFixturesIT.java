package io.github.storeproof.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Manifest;
import io.github.storeproof.fixtures.posix.NativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Generated fixtures in the hands of the tools that they are made for: Nix, tar, a full disk.
class GeneratedFixturesIT {
  /// The adversarial profile but for its directory of 100,000 entries.
  private static final String COUNT = "31";

  private final StringWriter err = new StringWriter();

  @TempDir private Path work;

  /// By `rm`, which is much faster than the test framework at deep directories.
  @AfterEach
  void remove() throws Exception {
    run("chmod -R u+w .; rm -rf ./*");
  }

  private int generate(String... words) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err, true));
    List<String> all = Stream.concat(Stream.of("fixtures", "generate"), Stream.of(words)).toList();
    return line.execute(all.toArray(String[]::new));
  }

  private Path adversarial(String format) {
    Path out = work.resolve("out");
    assertThat(
            generate(
                "--profile",
                "adversarial",
                "--count",
                COUNT,
                "--format",
                format,
                "--out",
                out.toString()))
        .as(err.toString())
        .isZero();
    return out;
  }

  /// Runs a script with a Nix that has a store of its own in `$PWD/nix`.
  private String run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-euc", script)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", work.resolve("home").toString(),
                "NIX_STATE_DIR", work.resolve("state").toString(),
                "NIX_CONFIG", "experimental-features = nix-command\nbuild-users-group =\n"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", script, output).isZero();
    return output;
  }

  @Test
  void nixCopiesFromTheBinaryCacheAndTrustsTheSignatures() throws Exception {
    adversarial("binary-cache");
    String infos = run("nix path-info --store \"file://$PWD/out/cache\" --all --json");
    assertThat(infos.split("\"path\":", -1)).hasSize(Integer.parseInt(COUNT) + 1);
    run(
        """
        nix copy --from "file://$PWD/out/cache" --to "$PWD/nix" \
          --option trusted-public-keys "$(cat out/key.public)" \
          $(sed 's/.*"path":"\\([^"]*\\)".*/\\1/' out/paths.jsonl)
        nix verify --store "$PWD/nix" --all --sigs-needed 1 \
          --option trusted-public-keys "$(cat out/key.public)"
        test "$(ls nix/nix/store | grep -c -)" = %s
        """
            .formatted(COUNT));
  }

  @Test
  void nixRefusesTheSignaturesOfAnotherSeed() throws Exception {
    assertThat(generate("--profile", "minimal", "--format", "binary-cache", "--out", output()))
        .isZero();
    // Of the minimal paths, only the one that refers to itself is not proven by its content.
    String said =
        run(
            """
            ! nix copy --from "file://$PWD/out/cache" --to "$PWD/nix" \
              --option trusted-public-keys "$(sed 's/-1:/-2:/' out/key.public)" \
              $(sed 's/.*"path":"\\([^"]*\\)".*/\\1/' out/paths.jsonl)
            """);
    assertThat(said).contains("refers-to-itself' because it lacks a").contains("signature");
  }

  @Test
  void nixRestoresEachArchiveAndDumpsTheSame() throws Exception {
    adversarial("nar");
    run(
        """
        for nar in out/nar/*.nar; do
          nix-store --restore restored <"$nar"
          nix-store --dump restored | cmp - "$nar"
          chmod -R u+w restored 2>/dev/null || true
          rm -rf restored
        done
        """);
  }

  @Test
  void tarCarriesATreeThatTheManifestStillDescribes() throws Exception {
    Path out = adversarial("tree");
    run("mkdir copy; tar -C out/tree -cf - . | tar -C copy -xf -");
    try (InputStream manifest = Files.newInputStream(out.resolve("manifest.txt"))) {
      Fixture told = Manifest.read(manifest);
      Fixture seen = Manifest.ofDirectory(NativePath.bytes(work.resolve("copy")), told.name());
      assertThat(seen).isEqualTo(told);
    }
  }

  @Test
  void aFullDiskIsNamedAndLeftEmpty() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a tmpfs");
    run("mkdir small; mount -t tmpfs -o size=2m tmpfs small");
    try {
      for (String format : List.of("tree", "nar", "binary-cache")) {
        assertThat(
                generate(
                    "--profile",
                    "adversarial",
                    "--format",
                    format,
                    "--out",
                    work.resolve("small").toString()))
            .isEqualTo(2);
        assertThat(err.toString()).containsIgnoringCase("no space left on device");
        assertThat(work.resolve("small")).isEmptyDirectory();
      }
    } finally {
      run("umount small");
    }
  }

  private String output() {
    return work.resolve("out").toString();
  }
}
