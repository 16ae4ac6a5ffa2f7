package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int castore(Object... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return commandLine.execute(words);
  }

  @Test
  void importPrintsTheStorePathsInTheirOrder() throws Exception {
    Fixture fixture = Fixture.of("small", "some-name", FixtureCatalog.wide(10));
    Path roots = directory.resolve("roots");
    FixtureInstaller.install(fixture, roots);
    Path tree = directory.resolve("some-name");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
    Files.move(roots.resolve(fixture.root("some-name").basename()), tree);
    try {
      assertThat(castore("import", "--store-addr", "memory:", tree + "/", tree + "/../some-name"))
          .isZero();
      String line = "/nix/store/" + fixture.root("some-name").basename();
      assertThat(out.toString().lines()).containsExactly(line, line);
      assertThat(err.toString()).isEmpty();
    } finally {
      FixtureInstaller.remove(roots);
      FixtureInstaller.remove(tree);
    }
  }

  @Test
  void aPathThatCannotBeImportedIsNamed() {
    assertThat(castore("import", "--store-addr", "memory:", directory.resolve("none")))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("castore: " + directory.resolve("none") + ": stat: No such file or directory\n");
  }

  @Test
  void archivesAreImportedAndWrittenAgainAndOneThatIsRefusedIsNamed() throws Exception {
    Path good = directory.resolve("good.nar");
    Tree tree = Tree.dir().executable("run", Content.ofText("#!/bin/sh\n")).build();
    try (OutputStream out = Files.newOutputStream(good)) {
      TreeArchive.write(tree, out);
    }
    Path bad = Files.write(directory.resolve("bad.nar"), new byte[] {1});
    Path again = Files.createDirectory(directory.resolve("again"));
    assertThat(castore("import", "--store-addr", "memory:", "--nar", "--nar-out", again, bad, good))
        .isEqualTo(2);
    assertThat(out.toString().strip())
        .isEqualTo(TreeArchive.of(tree).storePath("good").absolutePath());
    assertThat(err.toString())
        .isEqualTo(
            "castore: "
                + bad
                + ": NAR at byte 1: the archive ends, want 7 more bytes of a length\n");
    assertThat(again.resolve("good.nar")).hasSameBinaryContentAs(good);
    assertThat(again)
        .isDirectoryContaining("regex:.*/good.nar")
        .isDirectoryNotContaining("glob:**bad*");
  }

  @Test
  void archivesAreWrittenAgainOnlyWhenArchivesAreRead() {
    assertThat(castore("import", "--nar-out", directory, directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--nar-out belongs to --nar");
  }

  @Test
  void aSliceOfAnArchiveBeginsAtItsStartOrBehindIt() {
    assertThat(castore("nar", "--store-addr", "memory:", "--offset", "-1", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("bytes at -1, want neither below 0");
  }

  @Test
  void noCommandIsAMistake() {
    assertThat(castore()).isEqualTo(2);
    assertThat(err.toString()).contains("no command given").contains("mount").contains("import");
  }

  @Test
  void anUnknownOptionIsAMistake() {
    assertThat(castore("mount", "--no-such-option", directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void helpAndVersionArePrinted() {
    assertThat(castore("--help")).isZero();
    assertThat(castore("mount", "--help")).isZero();
    assertThat(castore("--version")).isZero();
    assertThat(out.toString()).contains("--list-root").contains("castore ");
  }

  @Test
  void aMountPointThatIsMissingIsNamedBeforeAnythingIsImported() {
    Path missing = directory.resolve("none");
    assertThat(castore("mount", missing, "--import", directory.resolve("also-none"))).isEqualTo(2);
    assertThat(err.toString()).contains("mount point " + missing + " does not exist");
  }

  @Test
  void aMountPointThatIsAFileIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(castore("mount", file)).isEqualTo(2);
    assertThat(err.toString()).contains(file + " is not a directory");
  }

  @Test
  void aMountPointThatIsNotEmptyIsRefused() throws Exception {
    Files.createFile(directory.resolve("file"));
    assertThat(castore("mount", directory)).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
  }

  @Test
  void anEntryThatIsNotNamedAsAStorePathIsRefused() throws Exception {
    Path all = Files.createDirectory(directory.resolve("all"));
    Path mountPoint = Files.createDirectory(directory.resolve("mount"));
    Files.createFile(all.resolve("not-a-store-path"));
    assertThat(castore("mount", mountPoint, "--store-addr", "memory:", "--import-all", all))
        .isEqualTo(2);
    assertThat(err.toString()).contains(all + "/not-a-store-path: store path is");
  }

  @Test
  void twoStorePathsOfOneDigestAreRefused() throws Exception {
    Path all = Files.createDirectory(directory.resolve("all"));
    Path mountPoint = Files.createDirectory(directory.resolve("mount"));
    Files.createFile(all.resolve("0".repeat(32) + "-a"));
    Files.createFile(all.resolve("0".repeat(32) + "-b"));
    assertThat(castore("mount", mountPoint, "--store-addr", "memory:", "--import-all", all))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("0-b: has the digest of " + "0".repeat(32) + "-a, want one of its own");
  }

  @Test
  void aThreadCountOutOfRangeIsAMistake() {
    assertThat(castore("mount", directory, "--threads", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("threads is 0");
  }
}
