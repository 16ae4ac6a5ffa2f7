package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory `store`, and the tree that is verified in it: ten small files.
class ObjectStoreTest {
  private static final Fixture FIXTURE = Fixture.of("small", "name", FixtureCatalog.wide(10));

  @TempDir private Path directory;

  private final List<String> said = new ArrayList<>();

  private ObjectStore open() throws Exception {
    return ObjectStore.open(directory.resolve("store"), SizeRule.SNIX);
  }

  @Test
  void aStoreIsMadeWhereNothingIsAndOneOfOthersIsOpened() throws Exception {
    var _ = open();
    var _ = open();
    assertThat(directory.resolve("store/version")).hasContent("storeproof object store 1\n");
    Path ofOthers = directory.resolve("others");
    Files.createDirectories(ofOthers.resolve("chunks/b3"));
    Files.createDirectories(ofOthers.resolve("blobs/b3"));
    var _ = ObjectStore.open(ofOthers, SizeRule.SNIX);
    assertThat(ofOthers.resolve("version")).exists();
  }

  @Test
  void whatIsNoStoreIsRefusedAndLeftAlone() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> ObjectStore.open(file, SizeRule.SNIX))
        .hasMessage("store " + file + " is a file, want a directory");
    assertThatThrownBy(() -> ObjectStore.open(directory, SizeRule.SNIX))
        .hasMessageContaining("has no file 'version'");
    assertThat(directory).isDirectoryNotContaining("glob:**version*");
  }

  @Test
  void aStoreOfAnotherVersionOrKindIsRefused() throws Exception {
    var _ = open();
    Files.writeString(directory.resolve("store/version"), "storeproof object store 2\n");
    assertThatThrownBy(this::open)
        .hasMessageContaining(
            "is of version 'storeproof object store 2', want 'storeproof object store 1'");
    FileStore.open(directory.resolve("embedded"), SizeRule.SNIX).close();
    assertThatThrownBy(() -> ObjectStore.open(directory.resolve("embedded"), SizeRule.SNIX))
        .hasMessageContaining("is of version 'storeproof store 1'");
  }

  @Test
  void whatKilledWritersHaveLeftGoesOnceItIsOld() throws Exception {
    var _ = open();
    Path incoming = directory.resolve("store/incoming");
    Path old = Files.write(incoming.resolve("old"), new byte[10]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Files.write(incoming.resolve("new"), new byte[10]);
    var _ = open();
    assertThat(incoming).isDirectoryNotContaining("glob:**/old");
    assertThat(incoming).isDirectoryContaining("glob:**/new");
  }

  private Verification.Findings verify(boolean isMended) throws Exception {
    said.clear();
    return new ObjectVerification(open(), isMended, new FoundProblems(said)).verify();
  }

  private void fill() throws Exception {
    ObjectStore store = open();
    new StoreSink(store.blobs(), store.directories(), store.pathInfos()).fill(FIXTURE);
  }

  private List<Path> all(String kind) throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("store").resolve(kind))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void verifyReadsEverythingAndRemovesWhatIsCorrupt() throws Exception {
    fill();
    assertThat(verify(false)).isEqualTo(new Verification.Findings(0, 0));
    for (String kind : List.of("chunks", "dirs", "path-infos")) {
      Path broken = all(kind).getFirst();
      Files.write(broken, new byte[] {1, 2, 3});
      assertThat(verify(false).problemCount()).as("%s", said).isPositive();
      assertThat(verify(true).mendedCount()).as("%s", said).isPositive();
      assertThat(said).contains(kindOf(broken) + " was removed");
      fill();
      assertThat(verify(false)).as("%s", said).isEqualTo(new Verification.Findings(0, 0));
    }
  }

  private String kindOf(Path broken) {
    return "object " + directory.resolve("store").relativize(broken);
  }

  @Test
  void verifyNamesWhatIsNotThere() throws Exception {
    fill();
    Files.delete(all("chunks").getFirst());
    assertThat(verify(false).problemCount()).isPositive();
    assertThat(said).anyMatch(line -> line.contains("the only chunk of blob"));
    for (Path tree : all("dirs")) {
      Files.delete(tree);
    }
    assertThat(verify(false).problemCount()).isPositive();
    assertThat(said).anyMatch(line -> line.startsWith("content of /nix/store/"));
  }
}
