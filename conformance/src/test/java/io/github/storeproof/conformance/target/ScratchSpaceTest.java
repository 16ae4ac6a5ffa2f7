package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchSpaceTest {
  @Test
  void memoryWithoutNoexecServes() {
    assertThat(ScratchSpace.isExecutableMemory(List.of("tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0")))
        .isTrue();
  }

  @Test
  void memoryWithNoexecDoesNotServeBecauseProgramsRunFromTheTree() {
    assertThat(ScratchSpace.isExecutableMemory(List.of("shm /dev/shm tmpfs rw,noexec 0 0")))
        .isFalse();
  }

  @Test
  void theLastMountOnThePathCounts() {
    assertThat(
            ScratchSpace.isExecutableMemory(
                List.of("tmpfs /dev/shm tmpfs rw 0 0", "disk /dev/shm ext4 rw 0 0")))
        .isFalse();
  }

  @Test
  void aMachineWithoutItHasNone() {
    assertThat(ScratchSpace.isExecutableMemory(List.of("proc /proc proc rw 0 0"))).isFalse();
  }
}
