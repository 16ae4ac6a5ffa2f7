package io.github.storeproof.castorefs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoresTest {
  /// Directories that are elsewhere, and what they were asked for.
  private static final class Elsewhere implements DirectoryService {
    final DirectoryService service = new MemoryDirectoryService(SizeRule.SNIX);
    final List<B3Digest> asked = new ArrayList<>();

    @Override
    public Optional<Directory> get(B3Digest digest) throws StoreException {
      asked.add(digest);
      return service.get(digest);
    }

    @Override
    public B3Digest put(Directory directory) throws StoreException {
      return service.put(directory);
    }

    @Override
    public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
      return service.getRecursive(root);
    }

    @Override
    public DirectoryWriter putMultiple() throws StoreException {
      return service.putMultiple();
    }
  }

  private static Directory directory(String name) {
    return Directory.of(
        Map.of(PathComponent.of(name), new SymlinkNode(SymlinkTarget.of("target"))));
  }

  private static DirectoryNode put(DirectoryService directories, String name)
      throws StoreException {
    Directory directory = directory(name);
    directories.put(directory);
    return DirectoryNode.of(directory, SizeRule.SNIX);
  }

  private static Stores with(DirectoryService directories) {
    return new Stores(new MemoryBlobService(), directories, new MemoryPathInfoService());
  }

  @Test
  void directoriesElsewhereAreAskedForOnce() throws StoreException {
    Elsewhere elsewhere = new Elsewhere();
    DirectoryNode node = put(elsewhere, "a");
    Stores stores = with(elsewhere).rememberingDirectories(1 << 20);
    for (int i = 0; i < 3; i++) {
      assertThat(stores.directory(node)).isEqualTo(directory("a"));
    }
    assertThat(elsewhere.asked).containsExactly(node.digest());
  }

  @Test
  void thoseThatWereUsedLongestAgoAreAskedForAgain() throws StoreException {
    Elsewhere elsewhere = new Elsewhere();
    List<DirectoryNode> nodes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      nodes.add(put(elsewhere, "name-" + i));
    }
    Stores stores = with(elsewhere).rememberingDirectories(4096);
    for (DirectoryNode node : nodes) {
      stores.directory(node);
    }
    stores.directory(nodes.getLast());
    assertThat(elsewhere.asked).hasSize(100);
    stores.directory(nodes.getFirst());
    assertThat(elsewhere.asked).hasSize(101);
  }

  @Test
  void storesInMemoryAreLeftAsTheyAre() {
    Stores stores = Mounted.memory();
    assertThat(stores.rememberingDirectories(1 << 20)).isSameAs(stores);
  }
}
