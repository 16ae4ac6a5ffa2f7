package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed at random moments, while this process has its store open too. `-Dstoreproof.kills`
/// says how often.
@Timeout(600)
class KillIT {
  private static final int KILLS = Integer.getInteger("storeproof.kills", 10);
  private static final int MOST_LINES = 20;
  private static final int MOST_WAIT_MILLIS = 120;
  private static final int PAGE = 256;

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfVisible() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path path = directory.resolve("store");
    int acknowledgedCount = 0;
    try (FileStore store = FileStore.open(path, SizeRule.SNIX)) {
      for (int i = 0; i < KILLS; i++) {
        KilledProcess writer =
            KilledProcess.start(
                KilledWriter.class, "file", path.toString(), Long.toString(seed + i));
        List<String> acknowledged =
            writer.killAfter(1 + random.nextInt(MOST_LINES), random.nextInt(MOST_WAIT_MILLIS));
        for (String basename : acknowledged) {
          StorePath storePath = StorePath.parse(basename);
          Optional<PathInfo> found = store.pathInfos().get(storePath.digest());
          assertThat(found).as("seed %d, kill %d, %s", seed, i, basename).isPresent();
        }
        acknowledgedCount += acknowledged.size();
        // A lock that the dead one held is free, and its changes are whole or gone.
        store.blobs().put(MemorySegment.ofArray(new byte[] {(byte) i, 1, 2}));
      }
      assertThat(wholeTrees(store)).isGreaterThanOrEqualTo(acknowledgedCount);
      checkAllBlobs(store);
    }
    assertThat(acknowledgedCount).isGreaterThan(KILLS);
  }

  /// How many path infos there are; each is complete.
  private static int wholeTrees(FileStore store) throws StoreException {
    int count = 0;
    try (Cursor<PathInfo> cursor = store.pathInfos().list()) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        DirectoryNode root = (DirectoryNode) next.get().node();
        Directory outer = store.directories().get(root.digest()).orElseThrow();
        DirectoryNode child = (DirectoryNode) outer.nodeAt(0);
        Directory inner = store.directories().get(child.digest()).orElseThrow();
        assertThat(store.blobs().has(((FileNode) inner.nodeAt(0)).digest())).isTrue();
        count++;
      }
    }
    return count;
  }

  private static void checkAllBlobs(FileStore store) throws StoreException {
    byte[] from = new byte[1];
    List<Index.Entry> page;
    do {
      byte[] start = from;
      page = store.index().read(reader -> reader.from(Table.BLOBS, start, PAGE));
      for (Index.Entry entry : page) {
        try (BlobReader reader = store.blobs().openRead(B3Digest.of(entry.key())).orElseThrow()) {
          byte[] into = new byte[(int) reader.size()];
          assertThat(reader.read(0, MemorySegment.ofArray(into))).isEqualTo(into.length);
        }
        from = Arrays.copyOf(entry.key(), entry.key().length + 1);
      }
    } while (!page.isEmpty());
  }
}
