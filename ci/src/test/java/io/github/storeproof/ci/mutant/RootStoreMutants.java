package io.github.storeproof.ci.mutant;

import com.google.protobuf.ByteString;
import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.ListPathInfoRequest;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoMessages;
import io.github.storeproof.store.remote.RemoteStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// What goes wrong between the root of a filesystem and a store of path infos that fails or lies.
final class RootStoreMutants {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofMinutes(10);

  static final List<Mutant> ALL =
      List.of(
          stored("AListingThatFailsLateEnds", "ROOT-6", "ends after 300", LateListing::of),
          wrapped(
              "AListingEndsBehindItsError", "ROOT-6", "the end of the listing", EndsBehind::new),
          stored("AnotherPathInfoIsShown", "ROOT-3", "result 0", AnyPathInfo::of),
          new Mutant(
              "AHeldListingStopsLookups",
              "CON-3",
              Mutant.NO_ANSWER,
              new Mutant.Stored(
                  Mutant.Storing.RIGHT, right -> new LockedRoot(right, true), FOR_EVER)),
          new Mutant(
              "AHeldListingStopsOpensOfTheRoot",
              "CON-3",
              Mutant.NO_ANSWER,
              new Mutant.Stored(
                  Mutant.Storing.RIGHT, right -> new LockedRoot(right, false), FOR_EVER)));

  private RootStoreMutants() {}

  private static Mutant wrapped(
      String name, String rule, String message, UnaryOperator<FuseOperations> wrapping) {
    return new Mutant(
        name, rule, message, new Mutant.Stored(Mutant.Storing.RIGHT, wrapping, DEADLINE));
  }

  private static Mutant stored(String name, String rule, String message, Mutant.Storing storing) {
    return new Mutant(name, rule, message, new Mutant.Stored(storing, right -> right, DEADLINE));
  }

  /// A list that fails behind its first 64 entries ends there.
  private static final class LateListing {
    private static final int EARLY = 64;

    static Stores of(Stores right, RemoteStore remote) {
      return new Stores(
          right.blobs(),
          right.directories(),
          new ForwardingPathInfos(right.pathInfos()) {
            @Override
            public Cursor<PathInfo> list() throws StoreException {
              List<PathInfo> seen = new ArrayList<>();
              try {
                return super.list();
              } catch (StoreException e) {
                collect(remote, seen);
                if (seen.size() < EARLY) {
                  throw e;
                }
                return new Few(seen.iterator());
              }
            }
          });
    }

    private static void collect(RemoteStore remote, List<PathInfo> seen) {
      try {
        remote.stream(
            PathInfoServiceGrpc.getListMethod(),
            ListPathInfoRequest.getDefaultInstance(),
            "list of path infos",
            RemoteStore.UNKNOWN_BYTES,
            messages -> {
              for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                seen.add(PathInfoMessages.pathInfoOf(next.get()));
              }
              return Optional.of(true);
            });
      } catch (StoreException e) {
        System.getLogger(RootStoreMutants.class.getName())
            .log(System.Logger.Level.DEBUG, "not told to the reader", e);
      }
    }

    private record Few(Iterator<PathInfo> rest) implements Cursor<PathInfo> {
      @Override
      public Optional<PathInfo> next() {
        return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    }
  }

  /// A listing that has failed is at its end.
  private static final class EndsBehind extends Forwarding {
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();

    EndsBehind(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      failed.remove(nodeId);
      return super.opendir(nodeId, flags);
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      if (!failed.contains(nodeId)) {
        failed.add(nodeId);
        super.readdir(nodeId, handle, offset, out);
        failed.remove(nodeId);
      }
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      if (!failed.contains(nodeId)) {
        failed.add(nodeId);
        super.readdirplus(nodeId, handle, offset, out);
        failed.remove(nodeId);
      }
    }
  }

  /// Whatever comes for a hash is taken for what was asked for.
  private static final class AnyPathInfo {
    static Stores of(Stores right, RemoteStore remote) {
      return new Stores(
          right.blobs(),
          right.directories(),
          new ForwardingPathInfos(right.pathInfos()) {
            @Override
            public Optional<PathInfo> get(byte[] digest) throws StoreException {
              GetPathInfoRequest request =
                  GetPathInfoRequest.newBuilder()
                      .setByOutputHash(ByteString.copyFrom(digest))
                      .build();
              return remote
                  .ask(PathInfoServiceGrpc.getGetMethod(), request, "path info")
                  .map(PathInfoMessages::pathInfoOf)
                  .map(found -> renamed(found, digest));
            }
          });
    }

    private static PathInfo renamed(PathInfo found, byte[] digest) {
      return new PathInfo(
          StorePath.of(digest, found.path().name()),
          found.node(),
          found.references(),
          found.narInfo());
    }
  }

  /// A listing of the root has a lock as long as it asks the store, which lookups in it or opens of it wait for.
  private static final class LockedRoot extends Forwarding {
    private static final long ROOT = 1;
    private final boolean ofLookups;
    private final ReentrantLock lock = new ReentrantLock();

    LockedRoot(FuseOperations right, boolean ofLookups) {
      super(right);
      this.ofLookups = ofLookups;
    }

    private void lock(boolean isWanted) throws ErrnoException {
      try {
        if (isWanted) {
          lock.lockInterruptibly();
        }
      } catch (InterruptedException e) {
        throw new ErrnoException(Errno.EINTR);
      }
    }

    private void unlock() {
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }

    @Override
    public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
      return nodeId == ROOT || super.mayBlock(opcode, nodeId, handle);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      lock(ofLookups && parentId == ROOT);
      try {
        return super.lookup(parentId, name);
      } finally {
        unlock();
      }
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      lock(!ofLookups && nodeId == ROOT);
      try {
        return super.opendir(nodeId, flags);
      } finally {
        unlock();
      }
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      lock(nodeId == ROOT);
      try {
        super.readdir(nodeId, handle, offset, out);
      } finally {
        unlock();
      }
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      lock(nodeId == ROOT);
      try {
        super.readdirplus(nodeId, handle, offset, out);
      } finally {
        unlock();
      }
    }
  }
}
