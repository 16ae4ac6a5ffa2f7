package io.github.storeproof.castorefs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.KernelNotifier;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RootNoticesTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final RootNotices notices = new RootNotices(new Recording(told));

  @Test
  void anAdditionGivesUpTheNameAndTheListingAndTheListingOnceMore() throws InterruptedException {
    PathInfo added = pathInfo("one");
    notices.added(added);
    assertThat(told.poll()).isEqualTo("name " + added.path().basename());
    assertThat(told.poll()).isEqualTo("node " + FuseOperations.ROOT_ID);
    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("node " + FuseOperations.ROOT_ID);
  }

  @Test
  void anAdditionAfterTheMomentIsToldOnceMoreToo() throws InterruptedException {
    for (String name : List.of("one", "two")) {
      notices.added(pathInfo(name));
      assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("name ");
      assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("node ");
      assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("node ");
    }
  }

  private static PathInfo pathInfo(String name) {
    return new PathInfo(
        StorePath.of(new byte[20], name),
        new FileNode(B3Digest.of(new byte[32]), 0, false),
        List.of(),
        NarInfo.of(0, Sha256Digest.of(new byte[32])));
  }

  private record Recording(BlockingQueue<String> told) implements KernelNotifier {
    @Override
    public void entryChanged(long parentId, byte[] name) {
      told.add("name " + new String(name, StandardCharsets.US_ASCII));
    }

    @Override
    public void nodeChanged(long nodeId) {
      told.add("node " + nodeId);
    }
  }
}
