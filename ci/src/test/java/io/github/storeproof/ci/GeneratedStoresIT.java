package io.github.storeproof.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generated fixtures in the reference's stores: `store` through a daemon that the kit starts,
/// `grpc=ADDR` into one that runs already.
class GeneratedStoresIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path work;

  /// Runs a script of shell that sees the two launchers as `$castore` and `$storeproof`.
  private String run(String script) throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "output", ".txt");
    String launchers =
        "storeproof='%s/bin/storeproof'; castore='%s/bin/castore'\n".formatted(ROOT, ROOT);
    Process process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", launchers + script)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(Duration.ofMinutes(5))) {
      process.destroyForcibly();
      throw new AssertionError("still running after 5 minutes: " + script);
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as("%s: %s", script, said).isZero();
    return said;
  }

  /// What `castore nar` writes of a link, an empty and a full directory has the hash that the kit has listed.
  private static final String COMPARE =
      """
      compare() {
        while read -r path hash; do
          sum=$("$castore" nar --store-addr "$1" "$path" | sha256sum)
          test "$hash" = "sha256:$(nix-hash --type sha256 --to-base32 "${sum%% *}")"
        done < <(sed -n '4,6s/.*"path":"\\([^"]*\\)","narHash":"\\([^"]*\\)".*/\\1 \\2/p' out/paths.jsonl)
      }
      """;

  @Test
  void anEmbeddedStoreIsCompleteAndVerifies() throws Exception {
    String said =
        run(
            COMPARE
                + """
                "$storeproof" fixtures generate --profile minimal --format store --out out
                "$castore" verify --store-addr "file://$PWD/out/store"
                compare "file://$PWD/out/store"
                path=$(sed -n '6s/.*"path":"\\([^"]*\\)","narHash.*/\\1/p' out/paths.jsonl)
                "$castore" nar --store-addr "file://$PWD/out/store" "$path" >whole.nar
                "$castore" nar --store-addr "file://$PWD/out/store" --offset 101 --length 55 "$path" \
                  | cmp - <(tail -c +102 whole.nar | head -c 55)
                """);
    assertThat(said).contains("8 store paths in out/store").contains("0 problems");
  }

  @Test
  void aFullDiskIsNamedAndNothingOfTheStoreIsLeft() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a tmpfs");
    run("mkdir small; mount -t tmpfs -o size=3m tmpfs small");
    try {
      String said =
          run(
              """
              ! "$storeproof" fixtures generate --profile adversarial --count 20 --format store --out small
              """);
      assertThat(said).contains("RESOURCE_EXHAUSTED").contains("No space left on device");
      assertThat(work.resolve("small")).isEmptyDirectory();
    } finally {
      run("umount small");
    }
  }

  @Test
  void whatAKilledRunLeavesLooksLikeNothing() throws Exception {
    String said =
        run(
            """
            "$storeproof" fixtures generate --profile minimal --count 1000000 --format nar --out out &
            kit=$!
            until test -n "$(ls out/.partial/nar 2>/dev/null)"; do kill -0 "$kit"; sleep 0.1; done
            kill -9 "$kit"
            wait "$kit" || true
            ls -A out
            ! "$storeproof" fixtures generate --profile minimal --format nar --out out
            """);
    assertThat(said).contains("\n.partial\n").contains("it has .partial of a run that was killed");
  }

  @Test
  void aDaemonTakesTheAdversarialProfile() throws Exception {
    String said =
        run(
            """
            "$castore" daemon -l "unix:$PWD/sock" --store-addr memory: &
            daemon=$!
            trap 'kill "$daemon"; wait "$daemon" || true' EXIT
            until test -S sock; do kill -0 "$daemon"; sleep 0.1; done
            "$storeproof" fixtures generate --profile adversarial --format grpc=unix:$PWD/sock --out out
            for name in PIN-3-references DIR-8-huge; do
              path=$(sed -n "s/.*\\"path\\":\\"\\([^\\"]*$name\\)\\".*/\\1/p" out/paths.jsonl)
              "$castore" stat --store-addr "grpc+unix://$PWD/sock" "$path"
            done
            """);
    assertThat(said)
        .contains("32 store paths pushed, manifest out/manifest.txt")
        .contains("-PIN-3-references")
        .contains("signature  storeproof-fixtures-1:");
  }
}
