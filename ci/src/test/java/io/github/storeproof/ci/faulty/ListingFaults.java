package io.github.storeproof.ci.faulty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Wrong listings.
final class ListingFaults {
  static final List<Fault> ALL =
      List.of(
          Fault.of(
              "AnEntryIsLostAtEachReply",
              "DIR-1",
              "missing",
              tree -> stepping(tree, next -> next, from -> from + 1)),
          Fault.of(
              "AnEntryIsDoubledAtEachReply",
              "DIR-2",
              "listed twice",
              tree -> stepping(tree, next -> next, from -> from - 1)),
          Fault.of(
              "AllOffsetsAreOne", "DIR-4", "d_off", tree -> stepping(tree, _ -> 1, from -> from)),
          Fault.of(
              "OffsetsComeInPairs",
              "DIR-4",
              "d_off",
              tree -> stepping(tree, next -> next | 1, from -> from)),
          Fault.of(
              "OffsetsHave15Bits",
              "DIR-8",
              "entries",
              tree -> stepping(tree, next -> next & 0x7FFF, from -> from)),
          Fault.of("RewindingListsNothing", "DIR-5", "rewinding", ListingFaults::withoutRewinding),
          Fault.of("StreamsAreOne", "DIR-7", "stream", ListingFaults::sharing),
          Fault.of("OffsetsAreChecked", "DIR-6", "EIO", ListingFaults::refusingOffsets),
          Fault.of(
              "DeepDirectoriesCannotBeListed", "DIR-8", "EIO", tree -> refusing(tree, 100, false)),
          Fault.of(
              "EmptyDirectoriesCannotBeListed",
              "DIR-2",
              "EIO",
              tree -> refusing(tree, Integer.MAX_VALUE, true)),
          changed("TheOrderIsByChance", "DIR-9", "order", ListingFaults::shuffled),
          changed("TheDotIsAFile", "NAM-5", "type of a directory", ListingFaults::withDot),
          changed("SnapshotsHaunt", "DIR-2", ".snapshot", ListingFaults::haunted),
          changed(
              "ListingsEndAt1000",
              "DIR-8",
              "missing",
              right -> right.subList(0, Math.min(1000, right.size()))),
          changed(
              "DotFilesAreHidden",
              "DIR-2",
              "missing",
              right -> without(right, entry -> entry.name().startsWith("."))),
          changed(
              "LinksAreHidden",
              "DIR-2",
              "missing",
              right -> without(right, entry -> entry.attributes().isLink())));

  private ListingFaults() {}

  private static Fault changed(
      String name, String rule, String message, UnaryOperator<List<Entry>> change) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              List<Entry> readdir(String path) throws Failure {
                return change.apply(super.readdir(path));
              }
            });
  }

  /// Where a reply ends and the next one begins.
  @FunctionalInterface
  private interface Step {
    long after(long index);
  }

  /// Each reply starts elsewhere than where the last one ended.
  private static PlainDirectory stepping(String tree, Step next, Step begin) {
    return new PlainDirectory(tree) {
      @Override
      void fill(String path, long handle, long offset, Filler filler) throws Failure {
        super.fill(
            path,
            handle,
            offset == 0 ? 0 : begin.after(offset),
            (entry, following) -> filler.add(entry, next.after(following)));
      }
    };
  }

  private static PlainDirectory withoutRewinding(String tree) {
    return new PlainDirectory(tree) {
      private final Set<Long> ended = ConcurrentHashMap.newKeySet();

      @Override
      void fill(String path, long handle, long offset, Filler filler) throws Failure {
        if (offset > 0 && offset >= listing(handle).size()) {
          ended.add(handle);
        }
        if (!ended.contains(handle)) {
          super.fill(path, handle, offset, filler);
        }
      }

      @Override
      void releasedir(long handle) {
        ended.remove(handle);
        super.releasedir(handle);
      }
    };
  }

  /// The handle is forgotten: what one stream has read, the others have read too.
  private static PlainDirectory sharing(String tree) {
    return new PlainDirectory(tree) {
      private final Map<String, Long> positions = new ConcurrentHashMap<>();

      @Override
      long opendir(String path) throws Failure {
        positions.remove(path);
        return super.opendir(path);
      }

      @Override
      void fill(String path, long handle, long offset, Filler filler) throws Failure {
        long from = offset == 0 ? 0 : positions.getOrDefault(path, offset);
        super.fill(
            path,
            handle,
            from,
            (entry, next) -> {
              boolean fits = filler.add(entry, next);
              if (fits) {
                positions.put(path, next);
              }
              return fits;
            });
      }
    };
  }

  private static PlainDirectory refusingOffsets(String tree) {
    return new PlainDirectory(tree) {
      @Override
      void fill(String path, long handle, long offset, Filler filler) throws Failure {
        if (offset > listing(handle).size()) {
          throw new Failure(Failure.EIO);
        }
        super.fill(path, handle, offset, filler);
      }
    };
  }

  private static PlainDirectory refusing(String tree, int deepest, boolean isEmptyRefused) {
    return new PlainDirectory(tree) {
      @Override
      List<Entry> readdir(String path) throws Failure {
        List<Entry> right = super.readdir(path);
        if (path.chars().filter(c -> c == '/').count() > deepest
            || isEmptyRefused && right.isEmpty()) {
          throw new Failure(Failure.EIO);
        }
        return right;
      }
    };
  }

  private static List<Entry> shuffled(List<Entry> right) {
    List<Entry> entries = new ArrayList<>(right);
    Collections.shuffle(entries);
    return entries;
  }

  private static List<Entry> haunted(List<Entry> right) {
    List<Entry> entries = new ArrayList<>(right);
    entries.add(new Entry(".snapshot", new Attributes(77, 0x416D, 2, 0, 0, 0, 1)));
    return entries;
  }

  private static List<Entry> withDot(List<Entry> right) {
    List<Entry> entries = new ArrayList<>(right);
    entries.add(new Entry(".", new Attributes(1, Attributes.S_IFREG, 1, 0, 0, 0, 1)));
    return entries;
  }

  private static List<Entry> without(List<Entry> right, Predicate<Entry> hidden) {
    return right.stream().filter(hidden.negate()).toList();
  }
}
