package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreSink;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One store path, a directory of ten files.
class StoredPathTest {
  private final OpenStores open = OpenStores.inMemory();
  private final Fixture fixture = Fixture.of("small", "some-name", FixtureCatalog.wide(10));
  private final StorePath root = fixture.root("some-name");

  @BeforeEach
  void fill() throws Exception {
    Stores stores = open.stores();
    new StoreSink(stores.blobs(), stores.directories(), stores.pathInfos()).fill(fixture);
  }

  @AfterEach
  void close() {
    open.close();
  }

  private StoredPath find(String path) throws Exception {
    return StoredPath.find(open.stores(), RawPath.of(path.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aStorePathIsFoundByEitherName() throws Exception {
    assertThat(find(root.absolutePath()).node()).isInstanceOf(DirectoryNode.class);
    assertThat(find(root.basename() + "/").pathInfo().path()).isEqualTo(root);
  }

  @Test
  void aFileBelowItIsFound() throws Exception {
    DirectoryNode node = (DirectoryNode) find(root.basename()).node();
    String name = StoredPath.directory(open.stores(), node).nameAt(3).toString();
    assertThat(find(root.basename() + "//" + name).node()).isInstanceOf(FileNode.class);
    assertThatThrownBy(() -> find(root.basename() + "/" + name + "/x"))
        .hasMessageContaining("is no directory");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> find(root.basename() + "/none"))
        .hasMessageEndingWith("/none: there is no none");
    assertThatThrownBy(() -> find(root.basename() + "/..")).hasMessageContaining("..");
    assertThatThrownBy(() -> find("0".repeat(32) + "-other"))
        .hasMessage("/nix/store/" + "0".repeat(32) + "-other is not in the store");
    assertThatThrownBy(() -> find(root.basename() + "x")).hasMessageContaining("is not in the");
    assertThatThrownBy(() -> find("")).hasMessageContaining("store path");
  }
}
