package io.github.storeproof.ci.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/// Faults of the directory of store paths.
final class RootFaults {
  static final List<Fault> ALL =
      List.of(
          roots(
              "OnlyTheHashOfAStorePathCounts",
              "ROOT-3",
              "ENOENT",
              (name, wanted) -> wanted.length() > 32 && name.startsWith(wanted.substring(0, 33))),
          roots("StorePathsMayBeUpperCase", "ROOT-3", "ENOENT", String::equalsIgnoreCase),
          roots(
              "StorePathsMayLackTheirName",
              "ROOT-3",
              "ENOENT",
              (name, wanted) -> name.startsWith(wanted + '-')),
          roots("StorePathsMayGoOn", "ROOT-3", "ENOENT", (name, wanted) -> wanted.startsWith(name)),
          Fault.of(
              "TheLastStorePathIsNotListed",
              "ROOT-2",
              "missing",
              tree -> listing(tree, all -> all.subList(0, Math.max(0, all.size() - 1)))),
          Fault.of(
              "LostAndFoundIsListed",
              "ROOT-2",
              "lost+found",
              tree -> listing(tree, RootFaults::withLostAndFound)),
          Fault.of(
              "TheRootCannotBeListed", "ROOT-2", "EPERM", tree -> refusing(tree, Failure.EPERM)),
          Fault.of("AnUnlistedRootIsListed", "ROOT-1", "EPERM or EACCES", PlainDirectory::new)
              .unlisted(),
          Fault.of("AnUnlistedRootIsAnError", "ROOT-1", "EIO", tree -> refusing(tree, Failure.EIO))
              .unlisted(),
          Fault.of("NewStorePathsNeverAppear", "ROOT-4", "found within", RootFaults::frozen),
          Fault.of("RootLinksAreMissing", "ROOT-5", "ENOENT", RootFaults::directoriesOnly));

  private RootFaults() {}

  private static Fault roots(
      String name, String rule, String message, BiPredicate<String, String> isLike) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              Attributes getattr(String path) throws Failure {
                try {
                  return super.getattr(path);
                } catch (Failure failure) {
                  for (Entry root : isRoot(parentOf(path)) ? readdir("/") : List.<Entry>of()) {
                    if (isLike.test(root.name(), nameOf(path))) {
                      return root.attributes();
                    }
                  }
                  throw failure;
                }
              }
            });
  }

  private static PlainDirectory listing(String tree, UnaryOperator<List<Entry>> change) {
    return new PlainDirectory(tree) {
      @Override
      List<Entry> readdir(String path) throws Failure {
        List<Entry> right = super.readdir(path);
        return isRoot(path) ? change.apply(right) : right;
      }
    };
  }

  private static PlainDirectory refusing(String tree, int errno) {
    return new PlainDirectory(tree) {
      @Override
      long opendir(String path) throws Failure {
        if (isRoot(path)) {
          throw new Failure(errno);
        }
        return super.opendir(path);
      }
    };
  }

  private static PlainDirectory frozen(String tree) {
    return new PlainDirectory(tree) {
      private final Set<String> first = ConcurrentHashMap.newKeySet();

      @Override
      Attributes getattr(String path) throws Failure {
        if (first.isEmpty()) {
          super.readdir("/").forEach(entry -> first.add(entry.name()));
        }
        String root = path.split("/", 3)[1];
        if (!isRoot(path) && !first.contains(root)) {
          throw new Failure(Failure.ENOENT);
        }
        return super.getattr(path);
      }
    };
  }

  private static PlainDirectory directoriesOnly(String tree) {
    return new PlainDirectory(tree) {
      @Override
      Attributes getattr(String path) throws Failure {
        Attributes right = super.getattr(path);
        if (isRoot(parentOf(path)) && right.isLink()) {
          throw new Failure(Failure.ENOENT);
        }
        return right;
      }

      @Override
      Attributes listed(String path) throws Failure {
        return super.getattr(path);
      }
    };
  }

  private static List<Entry> withLostAndFound(List<Entry> right) {
    List<Entry> entries = new ArrayList<>(right);
    entries.add(new Entry("lost+found", new Attributes(11, 0x41C0, 2, 0, 16384, 32, 1)));
    return entries;
  }
}
