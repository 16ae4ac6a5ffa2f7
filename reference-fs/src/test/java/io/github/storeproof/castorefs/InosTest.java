package io.github.storeproof.castorefs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.PathComponent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InosTest {
  @Test
  void differentPathsHaveDifferentNumbers() {
    Set<Long> inos = new HashSet<>();
    for (int parent = 0; parent < 300; parent++) {
      long directory = Inos.child(Inos.ROOT, PathComponent.of("d" + parent));
      for (int i = 0; i < 300; i++) {
        inos.add(Inos.child(directory, PathComponent.of("f" + i)));
      }
    }
    assertThat(inos).hasSize(90_000).doesNotContain(0L, Inos.ROOT);
  }

  @Test
  void aPathHasTheSameNumberForEver() {
    long directory = Inos.child(Inos.ROOT, PathComponent.of("directory"));
    assertThat(Inos.child(directory, PathComponent.of("file"))).isEqualTo(-1021775197308022833L);
  }
}
