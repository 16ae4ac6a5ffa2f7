package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// An index in an LMDB database: any number of processes read, one at a time changes, and none waits
/// for readers.
///
/// Changes that come together are made durable together, on one thread: LMDB's lock belongs to the
/// thread that took it, and a virtual one would change its carrier. *Thread-safe.* A directory may be
/// open once in a process.
public final class LmdbIndex implements Index {
  // Address space, no memory and no disk.
  private static final long MAP_BYTES = 1L << 40;
  private static final int MOST_READERS = 1022;
  private static final int MODE = 0644;
  private static final int MOST_TOGETHER = 1024;

  private static final long FULL_BELOW_BYTES = 1 << 20;

  private final Path directory;
  private final MemorySegment environment;
  private final Map<Table, Integer> tables = new EnumMap<>(Table.class);
  private final ChangeQueue changes;
  // Held for reading while the environment is used.
  private final ReentrantReadWriteLock usage = new ReentrantReadWriteLock();
  private boolean isOpen = true;

  private LmdbIndex(Path directory, MemorySegment environment) {
    this.directory = directory;
    this.environment = environment;
    this.changes = new ChangeQueue(this::changeTogether, MOST_TOGETHER);
  }

  /// Opens the index in a directory, or makes one in it.
  ///
  /// @param directory made when it is missing
  public static LmdbIndex open(Path directory) throws StoreException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreFailure.DENIED, "index " + directory + " cannot be made: " + e.getMessage(), e);
    }
    LockFile.reserve(directory, MOST_READERS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      Lmdb.check("create", Lmdb.createEnvironment(out));
      MemorySegment environment = out.get(ValueLayout.ADDRESS, 0);
      try {
        Lmdb.check("set map size", Lmdb.setMapSize(environment, MAP_BYTES));
        Lmdb.check("set readers", Lmdb.setMostReaders(environment, MOST_READERS));
        Lmdb.check("set tables", Lmdb.setMostTables(environment, Table.values().length));
        MemorySegment path = arena.allocateFrom(directory.toString());
        int flags = Lmdb.NO_TLS | Lmdb.NO_READAHEAD;
        Lmdb.check("open " + directory, Lmdb.openEnvironment(environment, path, flags, MODE));
        int _ = Lmdb.checkReaders(environment, arena.allocate(ValueLayout.JAVA_INT));
      } catch (StoreException e) {
        Lmdb.closeEnvironment(environment);
        throw e;
      }
      LmdbIndex index = new LmdbIndex(directory, environment);
      index.openTables();
      return index;
    }
  }

  /// Asks for a write transaction only where a table is missing, so that opening waits for no writer.
  private void openTables() throws StoreException {
    try {
      if (!openTables(Lmdb.READ_ONLY, 0)) {
        openTables(0, Lmdb.CREATE);
      }
    } catch (StoreException e) {
      close();
      throw e;
    }
  }

  private boolean openTables(int transactionFlags, int tableFlags) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment transaction = begin(MemorySegment.NULL, transactionFlags, arena);
      MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
      for (Table table : Table.values()) {
        int result =
            Lmdb.openTable(transaction, arena.allocateFrom(table.label()), tableFlags, handle);
        if (result != 0) {
          Lmdb.abort(transaction);
          if (result == Lmdb.NOT_FOUND && tableFlags == 0) {
            return false;
          }
          Lmdb.check("open table " + table.label(), result);
        }
        tables.put(table, handle.get(ValueLayout.JAVA_INT, 0));
      }
      Lmdb.check("commit", Lmdb.commit(transaction));
      return true;
    }
  }

  private MemorySegment begin(MemorySegment parent, int flags, Arena arena) throws StoreException {
    MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
    int result = Lmdb.begin(environment, parent, flags, out);
    if (result == Lmdb.READERS_FULL) {
      // Those that were killed while they read.
      int _ = Lmdb.checkReaders(environment, arena.allocate(ValueLayout.JAVA_INT));
      result = Lmdb.begin(environment, parent, flags, out);
    }
    Lmdb.check("begin", result);
    return out.get(ValueLayout.ADDRESS, 0);
  }

  @Override
  public <T> T read(Reading<T> reading) throws StoreException {
    usage.readLock().lock();
    try (Arena arena = Arena.ofConfined()) {
      requireOpen();
      MemorySegment transaction = begin(MemorySegment.NULL, Lmdb.READ_ONLY, arena);
      try {
        return reading.of(new LmdbTransaction(transaction, tables));
      } finally {
        Lmdb.abort(transaction);
      }
    } finally {
      usage.readLock().unlock();
    }
  }

  @Override
  public <T> T change(Change<T> change) throws StoreException {
    return changes.make(change);
  }

  private void changeTogether(List<PendingChange<?>> pending) {
    if (pending.isEmpty()) {
      return;
    }
    usage.readLock().lock();
    try {
      requireOpen();
      commitTogether(pending);
      pending.forEach(PendingChange::end);
    } catch (StoreException e) {
      pending.forEach(each -> each.fail(e));
    } finally {
      usage.readLock().unlock();
    }
  }

  private void commitTogether(List<PendingChange<?>> pending) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment transaction = begin(MemorySegment.NULL, 0, arena);
      try {
        for (PendingChange<?> each : pending) {
          makeWithin(transaction, each);
        }
      } catch (StoreException e) {
        Lmdb.abort(transaction);
        throw e;
      }
      int result = Lmdb.commit(transaction);
      // What LMDB says of a write that was cut short.
      Lmdb.check("commit", result == Lmdb.EIO && isDiskFull() ? Lmdb.ENOSPC : result);
    }
  }

  private boolean isDiskFull() {
    try {
      return Files.getFileStore(directory).getUsableSpace() < FULL_BELOW_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /// Makes one change of several: what it threw away leaves the others as they are.
  private void makeWithin(MemorySegment parent, PendingChange<?> change) throws StoreException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment transaction = begin(parent, 0, arena);
      if (change.make(new LmdbTransaction(transaction, tables))) {
        Lmdb.check("commit", Lmdb.commit(transaction));
      } else {
        Lmdb.abort(transaction);
      }
    }
  }

  private void requireOpen() throws StoreException {
    if (!isOpen) {
      throw new StoreException(StoreFailure.UNAVAILABLE, "index was closed");
    }
  }

  @Override
  public void close() {
    changes.close();
    usage.writeLock().lock();
    try {
      if (isOpen) {
        isOpen = false;
        Lmdb.closeEnvironment(environment);
      }
    } finally {
      usage.writeLock().unlock();
    }
  }
}
