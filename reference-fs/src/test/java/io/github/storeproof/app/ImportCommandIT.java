package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.model.StorePath;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nix itself says what the store paths are.
@Timeout(300)
class ImportCommandIT {
  @TempDir private Path directory;

  @AfterEach
  void remove() throws Exception {
    FixtureInstaller.remove(directory.resolve("roots"));
    FixtureInstaller.remove(directory.resolve("nix"));
  }

  @Test
  void storePathsAreThoseThatNixGives() throws Exception {
    Fixture fixture = FixtureCatalog.standard(11);
    FixtureInstaller.install(fixture, directory.resolve("roots"));
    String nix =
        "nix-store --store " + directory.resolve("nix") + " --option build-users-group '' --add ";
    String castore = String.join(" ", CastoreProcess.castore("import")) + " ";
    String paths = pathsOf(fixture);
    assertThat(Shell.run(castore + paths)).isEqualTo(Shell.run(nix + paths));
  }

  /// The roots whose basenames can be names of store paths again.
  private String pathsOf(Fixture fixture) {
    return fixture.roots().keySet().stream()
        .map(StorePath::basename)
        .filter(basename -> basename.length() <= StorePath.MAX_NAME_LENGTH_CHARS)
        .map(basename -> "'" + directory.resolve("roots").resolve(basename) + "'")
        .collect(Collectors.joining(" "));
  }
}
