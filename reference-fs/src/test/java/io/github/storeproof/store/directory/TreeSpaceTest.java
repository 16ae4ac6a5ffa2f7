package io.github.storeproof.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Trees of directories with one link each, whose target has 4,000 bytes, in space for three of them.
class TreeSpaceTest {
  private final TreeSpace space = new TreeSpace(3 * TreeSpace.bytesOf(directory(0)));
  private final References references = new References(SizeRule.SNIX);

  private static Directory directory(int number) {
    String target = String.valueOf(number % 10).repeat(4000);
    return Directory.builder()
        .add(PathComponent.of("l"), new SymlinkNode(SymlinkTarget.of(target)))
        .build();
  }

  private TreeWriter writer() {
    return new TreeWriter((_, _) -> {}, references, space);
  }

  @Test
  void allTreesTogetherHaveABound() throws Exception {
    try (TreeWriter one = writer();
        TreeWriter other = writer()) {
      one.put(directory(0));
      one.put(directory(1));
      // One that is there already takes nothing.
      one.put(directory(1));
      other.put(directory(0));
      assertThatThrownBy(() -> other.put(directory(2)))
          .hasMessageContaining("want at most " + 3 * TreeSpace.bytesOf(directory(0)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.FULL));
    }
    assertThat(space.usedBytes()).isZero();
  }

  @Test
  void spaceIsFreeAfterACommit() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (TreeWriter writer = writer()) {
        writer.put(directory(i));
        assertThat(Optional.of(writer.commit())).contains(directory(i).digest());
      }
    }
    assertThat(space.usedBytes()).isZero();
  }
}
