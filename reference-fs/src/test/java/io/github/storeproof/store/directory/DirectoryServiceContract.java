package io.github.storeproof.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every service of directories does. The tree: `root/{left/leaf, right/leaf}`, where both leaves are one directory with a link in it.
public abstract class DirectoryServiceContract {
  private static final SizeRule RULE = SizeRule.SNIX;
  private static final Directory LEAF =
      Directory.builder()
          .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of("target")))
          .build();
  private static final Directory LEFT = over("leaf", LEAF);
  private static final Directory RIGHT = over("LEAF", LEAF);
  private static final Directory ROOT =
      Directory.builder()
          .add(PathComponent.of("left"), DirectoryNode.of(LEFT, RULE))
          .add(PathComponent.of("right"), DirectoryNode.of(RIGHT, RULE))
          .build();

  private DirectoryService directories;

  /// A service without directories.
  protected abstract DirectoryService open(SizeRule sizeRule) throws Exception;

  @BeforeEach
  void openWithTheUsualRule() throws Exception {
    directories = open(RULE);
  }

  private static Directory over(String name, Directory child) {
    return Directory.builder().add(PathComponent.of(name), DirectoryNode.of(child, RULE)).build();
  }

  @Test
  void whatIsPutIsThereUnderItsDigest() throws StoreException {
    assertThat(directories.get(LEAF.digest())).isEmpty();
    assertThat(directories.put(LEAF)).isEqualTo(LEAF.digest());
    assertThat(directories.get(LEAF.digest())).contains(LEAF);
  }

  @Test
  void aDirectoryBeforeItsChildrenIsRefused() throws StoreException {
    assertRefused(() -> directories.put(LEFT), "refers to " + LEAF.digest());
    assertThat(directories.get(LEFT.digest())).isEmpty();
  }

  @Test
  void aSizeByTheOtherRuleIsRefused() throws StoreException {
    directories.put(LEAF);
    Directory other =
        Directory.builder()
            .add(PathComponent.of("leaf"), DirectoryNode.of(LEAF, SizeRule.DOCUMENTED))
            .build();
    assertRefused(() -> directories.put(other), "states size 1, want 2 by the rule SNIX");
  }

  @Test
  void aStoreOfTheDocumentedRuleTakesItsSizes() throws Exception {
    DirectoryService documented = open(SizeRule.DOCUMENTED);
    documented.put(LEAF);
    Directory parent =
        Directory.builder()
            .add(PathComponent.of("leaf"), DirectoryNode.of(LEAF, SizeRule.DOCUMENTED))
            .build();
    assertThat(documented.put(parent)).isEqualTo(parent.digest());
  }

  @Test
  void aTreeIsStoredAtItsCommit() throws StoreException {
    try (DirectoryWriter writer = directories.putMultiple()) {
      for (Directory directory : List.of(LEAF, LEFT, LEAF, RIGHT, ROOT)) {
        writer.put(directory);
      }
      assertThat(directories.get(ROOT.digest())).isEmpty();
      assertThat(writer.commit()).isEqualTo(ROOT.digest());
    }
    assertThat(digestsBelow(ROOT))
        .containsExactly(ROOT.digest(), LEFT.digest(), RIGHT.digest(), LEAF.digest());
  }

  @Test
  void aTreeWithoutDirectoriesIsRefused() throws StoreException {
    try (DirectoryWriter writer = directories.putMultiple()) {
      assertRefused(writer::commit, "tree has 0 directories");
    }
  }

  @Test
  void aTreeWithTwoRootsIsRefusedAndStoresNothing() throws StoreException {
    try (DirectoryWriter writer = directories.putMultiple()) {
      writer.put(LEAF);
      writer.put(LEFT);
      writer.put(RIGHT);
      assertRefused(writer::commit, "2 directories have no parent");
    }
    assertThat(directories.get(LEAF.digest())).isEmpty();
  }

  @Test
  void aTreeWhoseLastDirectoryIsNotItsRootIsRefused() throws StoreException {
    try (DirectoryWriter writer = directories.putMultiple()) {
      writer.put(LEAF);
      writer.put(LEFT);
      writer.put(LEAF);
      assertRefused(writer::commit, "want only the last one, " + LEAF.digest());
    }
  }

  @Test
  void aTreeReliesOnNothingThatWasPutBefore() throws StoreException {
    directories.put(LEAF);
    try (DirectoryWriter writer = directories.putMultiple()) {
      assertRefused(
          () -> {
            writer.put(LEFT);
            return LEFT.digest();
          },
          "refers to");
    }
  }

  @Test
  void anUnknownTreeHasNoDirectories() throws StoreException {
    try (Cursor<Directory> cursor = directories.getRecursive(ROOT.digest())) {
      assertThat(cursor.next()).isEmpty();
      assertThat(cursor.next()).isEmpty();
    }
  }

  @Test
  void aHoleInATreeIsAFailure() throws StoreException {
    directories.put(LEAF);
    directories.put(LEFT);
    DirectoryService holed = new WithoutLeaf(directories);
    try (Cursor<Directory> cursor = new TreeCursor(holed, LEFT.digest())) {
      assertThat(cursor.next()).contains(LEFT);
      assertThatThrownBy(cursor::next)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.MISSING));
    }
  }

  private List<B3Digest> digestsBelow(Directory root) throws StoreException {
    List<B3Digest> digests = new ArrayList<>();
    try (Cursor<Directory> cursor = directories.getRecursive(root.digest())) {
      for (Optional<Directory> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        digests.add(next.get().digest());
      }
    }
    return digests;
  }

  private static void assertRefused(
      java.util.concurrent.Callable<B3Digest> call, String messagePart) {
    assertThatThrownBy(call::call)
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.REFUSED));
  }

  private record WithoutLeaf(DirectoryService whole) implements DirectoryService {
    @Override
    public Optional<Directory> get(B3Digest digest) throws StoreException {
      return digest.equals(LEAF.digest()) ? Optional.empty() : whole.get(digest);
    }

    @Override
    public B3Digest put(Directory directory) throws StoreException {
      return whole.put(directory);
    }

    @Override
    public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
      return new TreeCursor(this, root);
    }

    @Override
    public DirectoryWriter putMultiple() throws StoreException {
      return whole.putMultiple();
    }
  }
}
