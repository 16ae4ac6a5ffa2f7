package io.github.storeproof.ci.mutant;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.remote.RemoteStore;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;

/// What goes wrong between a filesystem and a store that fails.
final class StoreMutants {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofMinutes(10);
  private static final int FEW = 8;

  private static final String INTERRUPTED = "ERR-5/a-signal-is-no-error-of-the-store";

  static final List<Mutant> ALL =
      List.of(
          wrapped(
              "UnreadableFilesEnd",
              "ERR-1",
              "and the end of the file",
              unreadable((_, _, _, _) -> 0)),
          wrapped(
              "UnreadableFilesAreZero",
              "ERR-1",
              "3000 bytes and the end",
              unreadable(StoreMutants::zeros)),
          wrapped(
              "UnreadableFilesAreNotThere", "ERR-1", "ENOENT", unreadable(StoreMutants::enoent)),
          wrapped(
              "MissingDirectoriesAreEmpty",
              "ERR-2",
              "ends after 0 entries",
              unlistable(StoreMutants::empty)),
          wrapped("FailedLookupsAreNegative", "ERR-2", "ENOENT", NegativeLookups::new),
          stored("ContentIsNotChecked", "ERR-3", "different from byte 0", FaultyBlobs::unchecked),
          stored(
              "CorruptBlobsAreRemembered",
              "ERR-3",
              "EIO",
              FaultyBlobs.remembering(Set.of(StoreFailure.CORRUPT))),
          wrapped(
              "AMissingChunkIsEnoent", "ERR-1", "ENOENT", unreadable(StoreMutants::enoentOfAPart)),
          wrapped("AReaderGoesOnBehindAnError", "ERR-4", "different from byte 0", GoesOn::new),
          wrapped("OneErrorSpoilsTheFile", "ERR-4", "that saw EIO before", SpoiledFiles::new),
          stored("ReadersFetchWholeBlobs", "ERR-4", "EIO", FaultyBlobs::whole),
          new Mutant(
              "TheStoreHasNoDeadline",
              "ERR-5/a-stopped-store-is-eio-within-the-limit",
              Mutant.NO_ANSWER,
              new Mutant.Stored(Mutant.Storing.RIGHT, right -> right, FOR_EVER)),
          new Mutant(
              "ReadersIgnoreInterrupts",
              "ERR-5/readers-of-a-stopped-store-can-be-killed",
              "still there",
              new Mutant.Stored(Mutant.Storing.RIGHT, Uninterruptible::new, FOR_EVER)),
          wrapped(
              "InterruptedLookupsAreNegative",
              INTERRUPTED,
              "ENOENT",
              right -> new Interrupted(right, false)),
          wrapped(
              "InterruptedLookupsAreRemembered",
              INTERRUPTED,
              "EIO",
              right -> new Interrupted(right, true)),
          stored("FailingStorePathsAreMissing", "ERR-6", "ENOENT", AbsentPathInfos::of),
          stored(
              "FailuresAreRemembered",
              "ERR-6",
              "EIO",
              FaultyBlobs.remembering(EnumSet.allOf(StoreFailure.class))),
          wrapped(
              "UnreadablePagesAreZero",
              "ERR-7",
              "memory without SIGBUS",
              unreadable(StoreMutants::zeros)),
          wrapped(
              "InvalidDirectoriesAreEmpty",
              "ERR-8",
              "ends after 0 entries",
              unlistable(StoreMutants::empty)),
          stored(
              "BlobsOfAnyLengthAreServed",
              "ERR-9",
              "and the end of the file",
              FaultyBlobs::unchecked),
          stored("ListsOfChunksAreFollowed", "BLOB-9", Mutant.NO_ANSWER, FaultyBlobs::listed),
          stored("OtherBytesAreServed", "BLOB-10", "EIO when it is", FaultyBlobs::unchecked),
          new Mutant(
              "OneReadAtATime",
              "CON-2",
              Mutant.NO_ANSWER,
              new Mutant.Stored(Mutant.Storing.RIGHT, right -> new FewReads(right, 1), FOR_EVER)),
          new Mutant(
              "LookupsWaitForReads",
              "CON-3/content-that-never-comes-holds-up-no-other",
              Mutant.NO_ANSWER,
              new Mutant.Stored(Mutant.Storing.RIGHT, LookupsWaitForReads::new, FOR_EVER)),
          new Mutant(
              "FewReadsAtATime",
              "CON-3/content-of-many-files-that-never-comes-holds-up-no-other",
              Mutant.NO_ANSWER,
              new Mutant.Stored(Mutant.Storing.RIGHT, right -> new FewReads(right, FEW), FOR_EVER)),
          wrapped(
              "AFailingListingIsForbidden", "ROOT-6", "EPERM", unlistable(StoreMutants::forbidden)),
          stored("AFailingListingEnds", "ROOT-6", "ends after 0 entries", EmptyListing::of));

  private StoreMutants() {}

  private static Mutant wrapped(
      String name, String rule, String message, UnaryOperator<FuseOperations> wrapping) {
    return new Mutant(
        name, rule, message, new Mutant.Stored(Mutant.Storing.RIGHT, wrapping, DEADLINE));
  }

  private static Mutant stored(String name, String rule, String message, Mutant.Storing storing) {
    return new Mutant(name, rule, message, new Mutant.Stored(storing, right -> right, DEADLINE));
  }

  /// What is answered in place of an error.
  @FunctionalInterface
  private interface Instead {
    int read(FuseOperations right, long nodeId, long offset, MemorySegment into)
        throws ErrnoException;
  }

  /// Reads that fail are answered in another way.
  private static UnaryOperator<FuseOperations> unreadable(Instead instead) {
    return right ->
        new Forwarding(right) {
          @Override
          public int read(long nodeId, long handle, long offset, MemorySegment into)
              throws ErrnoException {
            try {
              return super.read(nodeId, handle, offset, into);
            } catch (ErrnoException e) {
              return instead.read(right, nodeId, offset, into);
            }
          }
        };
  }

  /// What cannot be read is zero.
  private static int zeros(FuseOperations right, long nodeId, long offset, MemorySegment into)
      throws ErrnoException {
    long left = Math.max(0, right.getattr(nodeId).attr().sizeBytes() - offset);
    MemorySegment zeros = into.asSlice(0, Math.min(left, into.byteSize()));
    zeros.fill((byte) 0);
    return (int) zeros.byteSize();
  }

  private static int enoent(FuseOperations right, long nodeId, long offset, MemorySegment into)
      throws ErrnoException {
    throw new ErrnoException(Errno.ENOENT);
  }

  /// What is there only in part is not there; what is not there at all is EIO.
  private static int enoentOfAPart(
      FuseOperations right, long nodeId, long offset, MemorySegment into) throws ErrnoException {
    int _ = right.read(nodeId, 0, 0, into.asSlice(0, 1));
    throw new ErrnoException(Errno.ENOENT);
  }

  /// A name that cannot be looked up does not exist, for ever.
  private static final class NegativeLookups extends Forwarding {
    NegativeLookups(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) {
      try {
        return super.lookup(parentId, name);
      } catch (ErrnoException e) {
        return Entry.negative(Entry.FOREVER);
      }
    }
  }

  /// A file that could not be read once cannot be read again.
  private static final class SpoiledFiles extends Forwarding {
    private final Set<Long> spoiled = ConcurrentHashMap.newKeySet();

    SpoiledFiles(FuseOperations right) {
      super(right);
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      if (spoiled.contains(nodeId)) {
        throw new ErrnoException(Errno.EIO);
      }
      try {
        return super.read(nodeId, handle, offset, into);
      } catch (ErrnoException e) {
        spoiled.add(nodeId);
        throw e;
      }
    }
  }

  /// A read that has failed a few times is answered with the bytes behind those that cannot be had.
  private static final class GoesOn extends Forwarding {
    private static final int TIMES = 4;
    private static final int STEP_BYTES = 256 << 10;
    private final Map<List<Long>, Integer> failures = new ConcurrentHashMap<>();

    GoesOn(FuseOperations right) {
      super(right);
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      try {
        return super.read(nodeId, handle, offset, into);
      } catch (ErrnoException e) {
        if (failures.merge(List.of(nodeId, offset), 1, Integer::sum) <= TIMES) {
          throw e;
        }
        return behind(nodeId, handle, offset + STEP_BYTES, into);
      }
    }

    private int behind(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      try {
        return super.read(nodeId, handle, offset, into);
      } catch (ErrnoException e) {
        return behind(nodeId, handle, offset + STEP_BYTES, into);
      }
    }
  }

  /// A request goes on when its caller was killed.
  private static final class Uninterruptible extends Forwarding {
    Uninterruptible(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      FutureTask<Entry> task = new FutureTask<>(() -> super.lookup(parentId, name));
      Thread.ofVirtual().start(task);
      boolean isInterrupted = false;
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        } catch (ExecutionException e) {
          throw new ErrnoException(isInterrupted ? Errno.EINTR : Errno.EIO);
        }
      }
    }
  }

  /// A lookup that is interrupted finds nothing, or is an error whenever one of its name is made again.
  private static final class Interrupted extends Forwarding {
    private final boolean isRemembered;
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();

    Interrupted(FuseOperations right, boolean isRemembered) {
      super(right);
      this.isRemembered = isRemembered;
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      String place = new String(name, StandardCharsets.ISO_8859_1);
      if (interrupted.contains(place)) {
        throw new ErrnoException(Errno.EIO);
      }
      FutureTask<Entry> task = new FutureTask<>(() -> super.lookup(parentId, name));
      Thread.ofVirtual().start(task);
      try {
        return task.get();
      } catch (InterruptedException e) {
        if (isRemembered) {
          interrupted.add(place);
          throw new ErrnoException(Errno.EINTR);
        }
        return Entry.negative(0);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof ErrnoException failure
            ? failure
            : new ErrnoException(Errno.EIO);
      }
    }
  }

  /// Only so many reads are on their way at a time.
  private static final class FewReads extends Forwarding {
    private final Semaphore turns;

    FewReads(FuseOperations right, int atATime) {
      super(right);
      this.turns = new Semaphore(atATime);
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      try {
        turns.acquire();
      } catch (InterruptedException e) {
        throw new ErrnoException(Errno.EINTR);
      }
      try {
        return super.read(nodeId, handle, offset, into);
      } finally {
        turns.release();
      }
    }
  }

  /// Readers keep the lock that whoever enters a new node into the tables needs.
  private static final class LookupsWaitForReads extends Forwarding {
    private final ReadWriteLock tables = new ReentrantReadWriteLock();

    LookupsWaitForReads(FuseOperations right) {
      super(right);
    }

    @Override
    public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
      return true;
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      tables.readLock().lock();
      try {
        return super.read(nodeId, handle, offset, into);
      } finally {
        tables.readLock().unlock();
      }
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      tables.writeLock().lock();
      try {
        return super.lookup(parentId, name);
      } finally {
        tables.writeLock().unlock();
      }
    }
  }

  /// What is done in place of an error.
  @FunctionalInterface
  private interface Failing {
    void with(ErrnoException failure) throws ErrnoException;
  }

  /// Listings that fail end in another way.
  private static UnaryOperator<FuseOperations> unlistable(Failing failing) {
    return right ->
        new Forwarding(right) {
          @Override
          public void readdir(long nodeId, long handle, long offset, DirentWriter out)
              throws ErrnoException {
            try {
              super.readdir(nodeId, handle, offset, out);
            } catch (ErrnoException e) {
              failing.with(e);
            }
          }

          @Override
          public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
              throws ErrnoException {
            try {
              super.readdirplus(nodeId, handle, offset, out);
            } catch (ErrnoException e) {
              failing.with(e);
            }
          }
        };
  }

  /// A directory that is not there, or cannot be read, has no entries.
  private static void empty(ErrnoException failure) {
    System.getLogger(StoreMutants.class.getName())
        .log(System.Logger.Level.DEBUG, "not told to the reader", failure);
  }

  private static void forbidden(ErrnoException failure) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM);
  }

  /// A store path that cannot be asked for is not there.
  private static final class AbsentPathInfos {
    static Stores of(Stores right, RemoteStore remote) {
      return new Stores(
          right.blobs(),
          right.directories(),
          new ForwardingPathInfos(right.pathInfos()) {
            @Override
            public Optional<PathInfo> get(byte[] digest) {
              try {
                return super.get(digest);
              } catch (StoreException e) {
                return Optional.empty();
              }
            }
          });
    }
  }

  /// A list that fails has an end.
  private static final class EmptyListing {
    static Stores of(Stores right, RemoteStore remote) {
      return new Stores(
          right.blobs(),
          right.directories(),
          new ForwardingPathInfos(right.pathInfos()) {
            @Override
            public Cursor<PathInfo> list() {
              try {
                return super.list();
              } catch (StoreException e) {
                return new Nothing();
              }
            }
          });
    }

    private record Nothing() implements Cursor<PathInfo> {
      @Override
      public Optional<PathInfo> next() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    }
  }
}
