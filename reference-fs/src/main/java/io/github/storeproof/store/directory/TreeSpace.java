package io.github.storeproof.store.directory;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.concurrent.atomic.AtomicLong;

/// The memory for all trees that are being put at a time. *Thread-safe.*
public final class TreeSpace {
  private static final int PART_OF_THE_HEAP = 3;
  // Of the objects around the bytes of names and targets.
  private static final int DIRECTORY_BYTES = 400;
  private static final int ENTRY_BYTES = 200;

  private final long mostBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  TreeSpace(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// A third of this process's heap.
  static TreeSpace ofThisProcess() {
    return new TreeSpace(Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP);
  }

  /// What a directory takes in memory, roughly.
  public static long bytesOf(Directory directory) {
    long bytes = DIRECTORY_BYTES;
    for (int i = 0; i < directory.entryCount(); i++) {
      bytes += ENTRY_BYTES + directory.nameAt(i).lengthBytes();
      if (directory.nodeAt(i) instanceof SymlinkNode link) {
        bytes += link.target().lengthBytes();
      }
    }
    return bytes;
  }

  /// Takes some of it.
  ///
  /// @throws StoreException [StoreFailure#FULL] when there is not so much
  void take(long bytes) throws StoreException {
    long used = usedBytes.addAndGet(bytes);
    if (used > mostBytes) {
      give(bytes);
      throw new StoreException(
          StoreFailure.FULL,
          "trees that are being put take %d bytes, want at most %d".formatted(used, mostBytes));
    }
  }

  /// Gives some of it back.
  void give(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }
}
