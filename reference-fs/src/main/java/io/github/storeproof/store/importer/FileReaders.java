package io.github.storeproof.store.importer;

import io.github.storeproof.store.blob.BlobService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// A few threads that store files, and a bound on how many files are open.
///
/// They are platform threads: a native read holds its thread. *Thread-safe.*
final class FileReaders implements AutoCloseable {
  // Many, so that walker and readers seldom wait for each other, and below any limit on
  // descriptors.
  private static final int MAX_OPEN_COUNT = 512;

  private final ExecutorService threads;
  private final BlockingQueue<FileImport> idle;
  private final Semaphore mayOpen = new Semaphore(MAX_OPEN_COUNT);

  FileReaders(int threadCount) {
    threads =
        Executors.newFixedThreadPool(
            threadCount, Thread.ofPlatform().daemon().name("import-", 0).factory());
    idle = new ArrayBlockingQueue<>(threadCount);
    for (int i = 0; i < threadCount; i++) {
      idle.add(new FileImport());
    }
  }

  /// Waits until one more file may be opened.
  void acquire() throws InterruptedException {
    mayOpen.acquire();
  }

  /// Gives back what [#acquire] gave, for a file that was not opened.
  void release() {
    mayOpen.release();
  }

  /// Stores an open file after an [#acquire], and closes it in any case.
  Future<StoredFile> store(BlobService blobs, int fd, TreePath path) {
    return threads.submit(() -> {
      FileImport reader = idle.take();
      try {
        return reader.store(blobs, fd, path);
      } finally {
        idle.add(reader);
        mayOpen.release();
      }
    });
  }

  /// Waits until no file is open any more.
  void awaitIdle() {
    mayOpen.acquireUninterruptibly(MAX_OPEN_COUNT);
    mayOpen.release(MAX_OPEN_COUNT);
  }

  @Override
  public void close() {
    threads.close();
  }
}
