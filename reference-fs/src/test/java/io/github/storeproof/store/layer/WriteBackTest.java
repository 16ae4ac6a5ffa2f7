package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.nar.Nars;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Stores in memory before others that can be switched off, and a queue between. A process that is killed
/// is one whose queue is closed while things wait.
@Timeout(120)
class WriteBackTest extends BlobServiceContract {
  private static final Fixture FIXTURE = Fixture.of("small", "name", FixtureCatalog.wide(10));
  private static final StorePath ROOT = FIXTURE.root("name");
  private static final Layering READ_THROUGH = new Layering(true, false);

  @TempDir private Path directory;

  private final SwitchedStores far = new SwitchedStores();
  private final BlobService nearBlobs = new MemoryBlobService();
  private final DirectoryService nearDirectories = new MemoryDirectoryService(SizeRule.SNIX);
  private final PathInfoService nearPathInfos = new MemoryPathInfoService();
  private final FarStore farStore = new FarStore("far");
  private PushQueue queue;
  private BlobService blobs;
  private DirectoryService directories;
  private PathInfoService pathInfos;

  @BeforeEach
  void open() throws StoreException {
    queue = PushQueue.open(directory.resolve("queue"));
    blobs =
        new WriteBackBlobs(
            new LayeredBlobs(nearBlobs, far.blobs, farStore, READ_THROUGH), nearBlobs, queue);
    directories =
        new WriteBackDirectories(
            new LayeredDirectories(nearDirectories, far.directories, farStore, READ_THROUGH),
            nearDirectories,
            queue);
    pathInfos =
        new WriteBackPathInfos(
            new LayeredPathInfos(nearPathInfos, far.pathInfos, farStore, READ_THROUGH),
            nearPathInfos,
            queue);
  }

  @AfterEach
  void close() {
    queue.close();
  }

  private WriteBack start() {
    return WriteBack.start(
        queue,
        new WriteBack.Side(nearBlobs, nearDirectories, nearPathInfos),
        new WriteBack.Side(far.blobs, far.directories, far.pathInfos),
        farStore);
  }

  @Override
  protected BlobService blobs() {
    return blobs;
  }

  private List<String> waitingOnDisk() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("queue"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("lock"))
          .toList();
    }
  }

  private long farNarBytes() throws StoreException {
    return new Nars(far.blobs, far.directories)
        .digest(far.pathInfos.get(ROOT.digest()).orElseThrow().node(), () -> false)
        .sizeBytes();
  }

  @Test
  void whatIsPutIsPushed() throws Exception {
    try (WriteBack _ = start()) {
      new StoreSink(blobs, directories, pathInfos).fill(FIXTURE);
    }
    assertThat(farNarBytes()).isPositive();
    assertThat(waitingOnDisk()).isEmpty();
  }

  @Test
  void whatIsPutWhileTheFarStoreIsDownIsPushedWhenItIsBack() throws Exception {
    far.isUp = false;
    try (WriteBack _ = start()) {
      new StoreSink(blobs, directories, pathInfos).fill(FIXTURE);
      assertThat(waitingOnDisk()).isNotEmpty();
      while (!farStore.isDown()) {
        Thread.sleep(10);
      }
      far.isUp = true;
      while (!waitingOnDisk().isEmpty()) {
        Thread.sleep(50);
      }
    }
    assertThat(farNarBytes()).isPositive();
  }

  @Test
  void whatWasAcknowledgedBeforeAKillIsPushedByTheNextProcess() throws Exception {
    new StoreSink(blobs, directories, pathInfos).fill(FIXTURE);
    queue.close();
    open();
    try (WriteBack _ = start()) {
      assertThat(pathInfos.get(ROOT.digest())).isPresent();
    }
    assertThat(farNarBytes()).isPositive();
    assertThat(waitingOnDisk()).isEmpty();
  }

  @Test
  void closingWhileTheFarStoreIsDownKeepsWhatWaits() throws Exception {
    far.isUp = false;
    WriteBack writeBack = start();
    B3Digest digest = blobs.put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
    writeBack.close();
    assertThat(waitingOnDisk()).containsExactly("blob-" + digest.hex());
  }

  @Test
  void aBatchWaitsOnceItIsDurable() throws Exception {
    try (BlobBatch batch = blobs.openBatch()) {
      B3Digest digest = batch.put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
      B3Digest other = write(batch, random(10), 10);
      assertThat(waitingOnDisk()).isEmpty();
      batch.flush();
      assertThat(waitingOnDisk())
          .containsExactlyInAnyOrder("blob-" + digest.hex(), "blob-" + other.hex());
    }
  }

  @Test
  void whatTheNearStoreHasLostHoldsNothingUp() throws Exception {
    queue.add(List.of(Push.blob(B3Digest.of(new byte[32])), Push.tree(B3Digest.of(new byte[32]))));
    B3Digest digest = blobs.put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
    start().close();
    assertThat(far.blobs.has(digest)).isTrue();
    assertThat(waitingOnDisk()).isEmpty();
  }

  @Test
  void contentIsPushedBeforeWhatRefersToIt() throws Exception {
    B3Digest digest = B3Digest.of(new byte[32]);
    queue.add(List.of(Push.pathInfo(new byte[20]), Push.tree(digest), Push.blob(digest)));
    assertThat(queue.take()).contains(Push.blob(digest));
    assertThat(queue.take()).contains(Push.tree(digest));
    assertThat(queue.take()).contains(Push.pathInfo(new byte[20]));
  }

  @Test
  void whatIsAddedAgainWhileItIsPushedIsPushedAgain() throws Exception {
    Push push = Push.pathInfo(new byte[20]);
    queue.add(List.of(push));
    assertThat(queue.take()).contains(push);
    queue.add(List.of(push));
    queue.done(push);
    assertThat(waitingOnDisk()).containsExactly(push.toString());
    assertThat(queue.take()).contains(push);
  }

  @Test
  void oneAtATimeHasTheQueue() {
    assertThatThrownBy(() -> PushQueue.open(directory.resolve("queue")))
        .hasMessageContaining("is in use");
  }
}
