package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Pushes what waits in a queue from a near store to a far one, content before what refers to it,
/// and again until the far one has taken it. *Thread-safe.*
///
/// Closing pushes the rest, as long as the far store answers; what is left is pushed by the next
/// process that has the queue.
public final class WriteBack implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WriteBack.class.getName());
  private static final int COPIED_AT_ONCE_BYTES = 1 << 20;
  private static final long RETRY_MILLIS = 2_000;

  private final PushQueue queue;
  private final Side near;
  private final Side far;
  private final FarStore farStore;
  private final Thread pusher =
      Thread.ofPlatform().name("write-back").daemon().unstarted(this::run);
  private volatile boolean isOpen = true;
  private String told = "";

  /// The services of one of the stores.
  public record Side(BlobService blobs, DirectoryService directories, PathInfoService pathInfos) {}

  private WriteBack(PushQueue queue, Side near, Side far, FarStore farStore) {
    this.queue = queue;
    this.near = near;
    this.far = far;
    this.farStore = farStore;
  }

  /// Starts to push.
  ///
  /// @param queue which is closed with it
  public static WriteBack start(PushQueue queue, Side near, Side far, FarStore farStore) {
    WriteBack writeBack = new WriteBack(queue, near, far, farStore);
    writeBack.pusher.start();
    return writeBack;
  }

  private void run() {
    try {
      while (isOpen) {
        boolean _ = pushAll();
        queue.await(RETRY_MILLIS);
      }
    } catch (InterruptedException _) {
      // Nobody does that; what waits is on disk.
    }
  }

  /// Pushes until nothing waits or something cannot be pushed for now.
  ///
  /// @return whether nothing waits
  private synchronized boolean pushAll() {
    for (Optional<Push> next = queue.take(); next.isPresent(); next = queue.take()) {
      try {
        push(next.get());
        queue.done(next.get());
      } catch (StoreException e) {
        queue.putBack(next.get());
        tell(e);
        return false;
      }
    }
    if (!told.isEmpty()) {
      told = "";
      LOG.log(System.Logger.Level.INFO, "all that waited was pushed");
    }
    return true;
  }

  /// Each reason once.
  private void tell(StoreException e) {
    String reason = e.failure().name();
    if (!told.equals(reason)) {
      told = reason;
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} things wait to be pushed: {1}",
          queue.waitingCount(),
          e.getMessage());
    }
  }

  private void push(Push push) throws StoreException {
    try {
      switch (push.kind()) {
        case BLOB -> pushBlob(B3Digest.of(HexFormat.of().parseHex(push.name())));
        case TREE -> pushTree(B3Digest.of(HexFormat.of().parseHex(push.name())));
        case PATHINFO -> pushPathInfo(NixBase32.decode(push.name()));
      }
    } catch (StoreException e) {
      // What the near store has lost, nobody can push.
      if (e.failure() != StoreFailure.CORRUPT && e.failure() != StoreFailure.MISSING) {
        throw e;
      }
      LOG.log(System.Logger.Level.ERROR, "{0} is not pushed: {1}", push, e.getMessage());
    }
  }

  private void pushBlob(B3Digest digest) throws StoreException {
    if (farStore.ask(() -> far.blobs().has(digest))) {
      return;
    }
    Optional<BlobReader> found = near.blobs().openRead(digest);
    if (found.isEmpty()) {
      return;
    }
    byte[] buffer = new byte[COPIED_AT_ONCE_BYTES];
    try (BlobReader reader = found.get();
        BlobWriter writer = farStore.ask(far.blobs()::openWrite)) {
      for (long at = 0; at < reader.size(); ) {
        int count = reader.read(at, MemorySegment.ofArray(buffer));
        boolean _ =
            farStore.ask(() -> {
              writer.write(MemorySegment.ofArray(buffer).asSlice(0, count));
              return true;
            });
        at += count;
      }
      var _ = farStore.ask(writer::commit);
    }
  }

  private void pushTree(B3Digest root) throws StoreException {
    Map<B3Digest, Directory> tree = Trees.read(near.directories(), root);
    if (!tree.isEmpty()) {
      var _ = farStore.ask(() -> Trees.put(far.directories(), root, tree));
    }
  }

  private void pushPathInfo(byte[] digest) throws StoreException {
    Optional<PathInfo> found = near.pathInfos().get(digest);
    if (found.isPresent()) {
      var _ = farStore.ask(() -> far.pathInfos().put(found.get()));
    }
  }

  @Override
  public void close() {
    isOpen = false;
    queue.wake();
    try {
      pusher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (farStore.isDown() || !pushAll()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} things wait to be pushed by the next process",
          queue.waitingCount());
    }
    queue.close();
  }
}
