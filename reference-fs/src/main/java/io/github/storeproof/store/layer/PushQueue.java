package io.github.storeproof.store.layer;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.disk.Disk;
import io.github.storeproof.store.disk.DiskFailures;
import io.github.storeproof.store.disk.OwnedDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What is still to be pushed to a far store: an empty file for each thing, so that it outlives the
/// process. One process at a time has the directory. *Thread-safe.*
public final class PushQueue implements AutoCloseable {
  private final Path directory;
  private final Disk disk;
  private final OwnedDirectory owned;
  private final TreeSet<Push> waiting = new TreeSet<>();
  private final Semaphore news = new Semaphore(0);
  private int takenCount;

  private PushQueue(Path directory, OwnedDirectory owned) {
    this.directory = directory;
    this.disk = new Disk(directory);
    this.owned = owned;
  }

  /// Opens a queue with what is in it, or makes one where nothing is yet.
  ///
  /// @throws StoreException when the directory cannot be one, or another process has it
  public static PushQueue open(Path directory) throws StoreException {
    try {
      OwnedDirectory owned = OwnedDirectory.open("queue", directory);
      PushQueue queue = new PushQueue(directory, owned);
      queue.load();
      return queue;
    } catch (IOException e) {
      throw DiskFailures.of("queue " + directory + " cannot be opened", e);
    }
  }

  private synchronized void load() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      files
          .flatMap(file -> Push.parse(file.getFileName().toString()).stream())
          .forEach(waiting::add);
    }
  }

  /// Adds things, durable when this returns.
  void add(Collection<Push> pushes) throws StoreException {
    try {
      synchronized (this) {
        for (Push push : pushes) {
          make(directory.resolve(push.toString()));
        }
        waiting.addAll(pushes);
      }
      disk.syncNames(List.of(directory));
    } catch (IOException e) {
      throw DiskFailures.of("queue cannot be written", e);
    }
    wake();
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException _) {
      // It waits since earlier.
    }
  }

  /// Takes the next one, content before what refers to it; empty when none is there. It is in the
  /// queue of the next process unless it is [#done].
  synchronized Optional<Push> take() {
    Optional<Push> next = Optional.ofNullable(waiting.pollFirst());
    takenCount += next.isPresent() ? 1 : 0;
    return next;
  }

  /// Puts one back that could not be pushed.
  synchronized void putBack(Push push) {
    takenCount--;
    waiting.add(push);
  }

  /// How many things are still to be pushed, with those that were taken.
  public synchronized int waitingCount() {
    return waiting.size() + takenCount;
  }

  /// Waits until something is added, until [#wake], or for so long.
  void await(long timeoutMillis) throws InterruptedException {
    boolean _ = news.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
    int _ = news.drainPermits();
  }

  void wake() {
    news.release();
  }

  /// Forgets a thing that was pushed, unless it was added again meanwhile. That need not be
  /// durable: what is pushed twice does no harm.
  synchronized void done(Push push) throws StoreException {
    takenCount--;
    if (waiting.contains(push)) {
      return;
    }
    try {
      boolean _ = Files.deleteIfExists(directory.resolve(push.toString()));
    } catch (IOException e) {
      throw DiskFailures.of("queue cannot be written", e);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
