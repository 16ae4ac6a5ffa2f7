package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three writers at a time fill a store of objects and are killed at random moments.
/// `-Dstoreproof.kills` says how many.
@Timeout(600)
class ObjectStoreKillIT {
  private static final int WRITERS = 3;
  private static final int ROUNDS = Integer.getInteger("storeproof.kills", 6) / WRITERS;
  private static final int MOST_LINES = 6;
  private static final int MOST_WAIT_MILLIS = 30;

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfVisible() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path path = directory.resolve("store");
    Set<String> acknowledged = new HashSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      List<KilledProcess> writers = new ArrayList<>();
      for (int j = 0; j < WRITERS; j++) {
        String own = Long.toString(random.nextLong());
        writers.add(KilledProcess.start(KilledWriter.class, "objectstore", path.toString(), own));
      }
      for (KilledProcess writer : writers) {
        acknowledged.addAll(
            writer.killAfter(1 + random.nextInt(MOST_LINES), random.nextInt(MOST_WAIT_MILLIS)));
      }
    }
    ObjectStore store = ObjectStore.open(path, SizeRule.SNIX);
    for (String basename : acknowledged) {
      StorePath storePath = StorePath.parse(basename);
      assertThat(store.pathInfos().get(storePath.digest()))
          .as("seed %d, %s", seed, basename)
          .isPresent();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * WRITERS);
    assertThat(problems(store)).as("seed %d", seed).isEmpty();
  }

  private static List<String> problems(ObjectStore store) throws Exception {
    List<String> problems = new ArrayList<>();
    var _ = new ObjectVerification(store, false, new FoundProblems(problems)).verify();
    return problems;
  }
}
