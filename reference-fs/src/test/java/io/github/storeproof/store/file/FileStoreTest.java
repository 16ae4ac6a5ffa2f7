package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir private Path directory;

  private static void open(Path path) throws StoreException {
    FileStore.open(path, SizeRule.SNIX).close();
  }

  @Test
  void aStoreIsMadeWhereNothingIsAndOpenedAgain() throws Exception {
    Path path = directory.resolve("a/b/store");
    open(path);
    open(path);
    assertThat(path.resolve("version")).hasContent("storeproof store 1\n");
  }

  @Test
  void aStoreThatWasLeftHalfMadeIsMade() throws Exception {
    Files.createFile(directory.resolve("version.1234"));
    Files.createDirectory(directory.resolve("lost+found"));
    open(directory);
    assertThat(directory.resolve("version")).exists();
  }

  @Test
  void aFileIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessage("store " + file + " is a file, want a directory");
  }

  @Test
  void aDirectoryOfSomethingElseIsRefusedAndLeftAlone() throws Exception {
    Files.createFile(directory.resolve("precious"));
    assertThatThrownBy(() -> open(directory)).hasMessageContaining("has no file 'version'");
    assertThat(directory).isDirectoryNotContaining("glob:**version*");
  }

  @Test
  void aStoreOfAnotherVersionIsRefused() throws Exception {
    open(directory);
    Files.writeString(directory.resolve("version"), "storeproof store 2\n");
    assertThatThrownBy(() -> open(directory))
        .hasMessageContaining("is of version 'storeproof store 2', want 'storeproof store 1'");
  }

  @Test
  void anIndexThatIsNoneIsRefused() throws Exception {
    open(directory);
    Files.write(directory.resolve("index/data.mdb"), new byte[1 << 16]);
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("index: open");
  }
}
