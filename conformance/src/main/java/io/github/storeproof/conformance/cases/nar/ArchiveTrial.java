package io.github.storeproof.conformance.cases.nar;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.subject.CaseContext;
import io.github.storeproof.conformance.target.ArchiveCopies;
import io.github.storeproof.conformance.target.FixtureLimits;
import io.github.storeproof.fixtures.RawBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Archives that a target is given all at once, since a process for each would cost seconds, and what is wanted of each.
final class ArchiveTrial {
  private static final String SUFFIX = ".nar";
  private static final int SHOWN_BYTES = 400;
  private static final int SHOWN_NAMES = 12;

  private ArchiveTrial() {}

  /// Right archives come back byte for byte.
  static void wantCopies(CaseContext context) {
    SortedMap<String, RawBytes> archives = RightArchives.all(FixtureLimits.of(context.features()));
    ArchiveCopies copies = context.copyArchives(archives);
    for (Map.Entry<String, RawBytes> archive : archives.entrySet()) {
      wantCopy(archive.getKey(), archive.getValue(), copies);
    }
    if (!copies.end().ok()) {
      throw new Mismatch("a command that takes right archives and ends with exit 0", end(copies));
    }
  }

  private static void wantCopy(String name, RawBytes wanted, ArchiveCopies copies) {
    String words = name + ", a right archive of " + wanted.lengthBytes() + " bytes";
    RawBytes copy = copies.copies().get(name);
    if (copy == null) {
      throw new Mismatch(
          "a copy of " + words + shown(wanted), "no copy; the command ended with " + end(copies));
    }
    if (!copy.equals(wanted)) {
      int at = Arrays.mismatch(wanted.toBytes(), copy.toBytes());
      throw new Mismatch(
          "a copy of " + words + shown(wanted),
          "%d bytes, different from byte %d on%s".formatted(copy.lengthBytes(), at, shown(copy)));
    }
  }

  /// Wrong archives do not come back, and those before and after them do.
  static void wantRefusals(CaseContext context) {
    List<WrongArchive> wrong = new ArrayList<>(WrongArchive.all());
    wrong.addAll(WrongArchive.cuts());
    RawBytes right = RightArchives.of(RightArchives.everyKind());
    SortedMap<String, RawBytes> archives = new TreeMap<>();
    archives.put("a-right-one.nar", right);
    wrong.forEach(one -> archives.put("not-" + one.name() + SUFFIX, one.bytes()));
    archives.put("z-right-one.nar", right);
    ArchiveCopies copies = context.copyArchives(archives);
    List<WrongArchive> taken =
        wrong.stream()
            .filter(one -> copies.copies().containsKey("not-" + one.name() + SUFFIX))
            .toList();
    if (!taken.isEmpty()) {
      throw taken(taken, copies);
    }
    wantCopy("a-right-one.nar", right, copies);
    wantCopy("z-right-one.nar", right, copies);
  }

  private static Mismatch taken(List<WrongArchive> taken, ArchiveCopies copies) {
    WrongArchive first = taken.getFirst();
    RawBytes copy = copies.copies().getOrDefault("not-" + first.name() + SUFFIX, first.bytes());
    String others =
        taken.stream()
            .skip(1)
            .limit(SHOWN_NAMES)
            .map(one -> "\n- " + one.fault())
            .collect(Collectors.joining());
    int more = Math.max(0, taken.size() - 1 - SHOWN_NAMES);
    return new Mismatch(
        "no copy of an archive with " + first.fault() + shown(first.bytes()),
        "a copy of %d bytes%s%s%s"
            .formatted(
                copy.lengthBytes(),
                shown(copy),
                others.isEmpty() ? "" : "\nit took too, one each with" + others,
                more == 0 ? "" : "\n- and " + more + " more"));
  }

  private static String shown(RawBytes archive) {
    return archive.lengthBytes() <= SHOWN_BYTES
        ? "\n" + HexFormat.of().formatHex(archive.toBytes())
        : "";
  }

  private static String end(ArchiveCopies copies) {
    return "exit " + copies.end().exit() + ": " + copies.end().output();
  }
}
