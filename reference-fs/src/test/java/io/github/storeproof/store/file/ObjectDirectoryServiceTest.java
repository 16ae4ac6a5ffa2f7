package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryServiceContract;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.object.Frames;
import io.github.storeproof.store.object.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trees as objects. The tree that is broken: `root/child`, where `child` is empty.
class ObjectDirectoryServiceTest extends DirectoryServiceContract {
  private static final Directory CHILD = Directory.EMPTY;
  private static final Directory ROOT =
      Directory.builder()
          .add(PathComponent.of("child"), DirectoryNode.of(CHILD, SizeRule.SNIX))
          .build();

  @TempDir private Path directory;

  @Override
  protected DirectoryService open(SizeRule sizeRule) throws StoreException {
    return ObjectStore.open(directory.resolve(sizeRule.name()), sizeRule).directories();
  }

  private DirectoryService reopened() throws StoreException {
    return open(SizeRule.SNIX);
  }

  private Path file(ObjectKey.Kind kind, B3Digest digest) {
    return directory.resolve(SizeRule.SNIX.name()).resolve(ObjectKey.of(kind, digest).path());
  }

  private void putTree() throws StoreException {
    try (DirectoryWriter writer = reopened().putMultiple()) {
      writer.put(CHILD);
      writer.put(ROOT);
      assertThat(writer.commit()).isEqualTo(ROOT.digest());
    }
  }

  @Test
  void aTreeIsOneFrameWithTheRootFirst() throws Exception {
    putTree();
    byte[] frame = Files.readAllBytes(file(ObjectKey.Kind.TREE, ROOT.digest()));
    byte[] root = DirectoryCodec.encode(ROOT);
    ByteBuffer wanted = ByteBuffer.allocate(Integer.BYTES + root.length + Integer.BYTES);
    wanted.putInt(root.length).put(root).putInt(0);
    assertThat(Frames.decompress(frame, "tree", 1000)).isEqualTo(wanted.array());
    assertThat(file(ObjectKey.Kind.TREE, CHILD.digest())).doesNotExist();
    assertThat(reopened().get(CHILD.digest())).contains(CHILD);
  }

  @Test
  void aStoreWithoutNotesHasWhatIsInTheTreesThatWereAskedFor() throws Exception {
    putTree();
    Files.delete(file(ObjectKey.Kind.WITHIN, CHILD.digest()));
    DirectoryService directories = reopened();
    assertThat(directories.get(CHILD.digest())).isEmpty();
    assertThat(directories.get(ROOT.digest())).contains(ROOT);
    assertThat(directories.get(CHILD.digest())).contains(CHILD);
  }

  @Test
  void aNoteThatIsWrongHidesNothing() throws Exception {
    reopened().put(CHILD);
    putTree();
    for (int sizeBytes : new int[] {0, 31, 32}) {
      Files.write(file(ObjectKey.Kind.WITHIN, CHILD.digest()), new byte[sizeBytes]);
      assertThat(reopened().get(CHILD.digest())).contains(CHILD);
    }
  }

  @Test
  void treesThatCannotBeAreNotServedAndPuttingAgainRepairs() throws Exception {
    byte[] root = DirectoryCodec.encode(ROOT);
    byte[] child = DirectoryCodec.encode(CHILD);
    assertCorrupt("lacks 1 directories", Frames.ofRecords(List.of(root)));
    assertCorrupt("lacks 1 directories", Frames.ofRecords(List.of()));
    assertCorrupt("nothing before it refers to", Frames.ofRecords(List.of(child, root)));
    assertCorrupt("nothing before it refers to", Frames.ofRecords(List.of(root, child, child)));
    assertCorrupt("has 4294967295 bytes", Frames.compress(new byte[] {-1, -1, -1, -1, 0}));
    assertCorrupt("ends after 1 bytes, want 5", Frames.compress(new byte[] {0, 0, 0, 5, 0}));
    assertCorrupt("a length has 2 bytes", Frames.compress(new byte[2]));
    byte[] whole = Frames.ofRecords(List.of(root, child));
    assertCorrupt("is not whole", Arrays.copyOf(whole, whole.length - 1));
    assertCorrupt("is not whole", new byte[10]);
  }

  private void assertCorrupt(String messagePart, byte[] object) throws Exception {
    putTree();
    Files.write(file(ObjectKey.Kind.TREE, ROOT.digest()), object);
    DirectoryService directories = reopened();
    assertThatThrownBy(() -> directories.get(ROOT.digest()))
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CORRUPT));
    putTree();
    assertThat(directories.get(ROOT.digest())).contains(ROOT);
  }

  @Test
  void aTreeOfAnotherDigestIsNotServed() throws IOException, StoreException {
    putTree();
    reopened().put(CHILD);
    Files.copy(
        file(ObjectKey.Kind.TREE, CHILD.digest()),
        file(ObjectKey.Kind.TREE, ROOT.digest()),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> reopened().get(ROOT.digest()))
        .hasMessageContaining("has directory " + CHILD.digest());
  }
}
