package io.github.storeproof.ci.faulty;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// Answers that were right for another path or at another time.
final class CacheFaults {
  static final List<Fault> ALL =
      List.of(
          Fault.of(
              "ContentIsCachedByName",
              "READ-3",
              "digest",
              tree -> keyed(tree, PlainDirectory::nameOf, false)),
          Fault.of(
              "TargetsAreCachedByName",
              "LNK-1",
              "different",
              tree -> keyed(tree, PlainDirectory::nameOf, true)),
          Fault.of(
              "TargetsAreCachedByDirectory",
              "LNK-1",
              "different",
              tree -> keyed(tree, PlainDirectory::parentOf, true)),
          Fault.of("AttributesCollide", "ATTR-1", "st_size", CacheFaults::colliding),
          Fault.of(
              "MissesAreRememberedByTheServer",
              "ROOT-4",
              "found within",
              CacheFaults::rememberingMisses),
          Fault.of("MissesAreRememberedByTheKernel", "ROOT-4", "found within", PlainDirectory::new)
              .with("negative_timeout=86400"),
          Fault.of(
              "TheListingOfTheRootIsRemembered",
              "ROOT-4",
              "missing",
              tree -> rememberingListings(tree, path -> path)),
          Fault.of(
              "ListingsAreCachedByName",
              "DIR-2",
              "missing",
              tree -> rememberingListings(tree, PlainDirectory::nameOf)),
          Fault.of("NodesAreStaleAfterFourLooks", "INO-6", "success", tree -> staleAfter(tree, 4))
              .uncached(),
          Fault.of("ThereAre64Handles", "HND-1", "expected", CacheFaults::fewHandles));

  private CacheFaults() {}

  /// Answers are kept by a key that is not the path.
  private static PlainDirectory keyed(String tree, UnaryOperator<String> key, boolean targets) {
    return new PlainDirectory(tree) {
      private final Map<String, byte[]> known = new ConcurrentHashMap<>();

      @Override
      byte[] readlink(String path) throws Failure {
        byte[] right = super.readlink(path);
        return targets ? known.computeIfAbsent(key.apply(path), _ -> right) : right;
      }

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        byte[] right = super.read(path, handle, offsetBytes, sizeBytes);
        String place = key.apply(path) + '/' + offsetBytes + '/' + right.length;
        return targets ? right : known.computeIfAbsent(place, _ -> right);
      }
    };
  }

  /// Attributes are kept in a table of few places, and nobody looks whose they are.
  private static PlainDirectory colliding(String tree) {
    return new PlainDirectory(tree) {
      private final Map<Integer, Attributes> places = new ConcurrentHashMap<>();

      @Override
      Attributes getattr(String path) throws Failure {
        Attributes right = super.getattr(path);
        return right.isFile() ? places.computeIfAbsent(path.hashCode() & 0x1FF, _ -> right) : right;
      }
    };
  }

  private static PlainDirectory rememberingMisses(String tree) {
    return new PlainDirectory(tree) {
      private final Set<String> missed = ConcurrentHashMap.newKeySet();

      @Override
      Attributes getattr(String path) throws Failure {
        if (missed.contains(path)) {
          throw new Failure(Failure.ENOENT);
        }
        try {
          return super.getattr(path);
        } catch (Failure failure) {
          missed.add(path);
          throw failure;
        }
      }
    };
  }

  private static PlainDirectory rememberingListings(String tree, UnaryOperator<String> key) {
    return new PlainDirectory(tree) {
      private final Map<String, List<Entry>> known = new ConcurrentHashMap<>();

      @Override
      List<Entry> readdir(String path) throws Failure {
        List<Entry> right = super.readdir(path);
        return known.computeIfAbsent(key.apply(path), _ -> right);
      }
    };
  }

  private static PlainDirectory staleAfter(String tree, int looks) {
    return new PlainDirectory(tree) {
      private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

      @Override
      Attributes getattr(String path) throws Failure {
        AtomicInteger count = seen.computeIfAbsent(path, _ -> new AtomicInteger());
        if (!isRoot(path) && count.incrementAndGet() > looks) {
          throw new Failure(Failure.ESTALE);
        }
        return super.getattr(path);
      }
    };
  }

  private static PlainDirectory fewHandles(String tree) {
    return new PlainDirectory(tree) {
      private final Map<Long, Long> table = new ConcurrentHashMap<>();
      private final AtomicLong last = new AtomicLong();

      @Override
      long open(String path, int flags) throws Failure {
        long place = last.incrementAndGet() % 64;
        table.put(place, super.open(path, flags));
        return place;
      }

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        return super.read(path, table.get(handle), offsetBytes, sizeBytes);
      }

      @Override
      void release(long handle) {
        // The place is used again.
      }
    };
  }
}
