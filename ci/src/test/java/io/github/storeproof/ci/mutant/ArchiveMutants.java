package io.github.storeproof.ci.mutant;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarReader;
import io.github.storeproof.model.NarWriter;
import io.github.storeproof.model.Violation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Readers of archives that take too much, too little, or for ever.
final class ArchiveMutants {
  /// What the kit says of a reader that does not end. A mutant with this message is judged with short deadlines.
  static final String TOO_LONG = "a command that has read";

  private static final int MOST_BYTES = 1 << 16;

  static final List<Mutant> ALL =
      List.of(
          of("ArchivesAreNotRead", "an archive with another magic", () -> Optional::of),
          tolerant(
              "PaddingOfArchivesIsPassedOver",
              "padding of contents that is not zero",
              Violation.NAR_PADDING),
          tolerant(
              "BytesBehindArchivesAreLeft",
              "an archive with a byte behind its end",
              Violation.NAR_TRAILING),
          tolerant("EntriesOfArchivesAreSorted", "in the order b, a", Violation.ENTRY_ORDER),
          tolerant(
              "TheEndOfAnArchiveIsAnEnd",
              "contents of 1 TiB that are not there",
              Violation.NAR_TRUNCATED),
          of(
              "LargeArchivesAreCut",
              "65536 bytes, different from byte 65536",
              () -> archive -> copy(archive).map(ArchiveMutants::cut)),
          of("TheFirstWrongArchiveIsTheLast", "a copy of z-right-one.nar", StopsAtARefusal::new),
          of("CutArchivesAreWaitedFor", TOO_LONG, () -> ArchiveMutants::waiting));

  private ArchiveMutants() {}

  /// What a reader makes of an archive; empty when it refuses it.
  @FunctionalInterface
  interface Reader {
    Optional<byte[]> copy(byte[] archive) throws IOException, InterruptedException;
  }

  private static Mutant of(String name, String message, Supplier<Reader> reader) {
    return new Mutant(name, "NAR-2", message, new Mutant.Archives(reader));
  }

  /// A reader that does not mind one kind of fault.
  private static Mutant tolerant(String name, String message, Violation minded) {
    return of(
        name,
        message,
        () ->
            archive -> {
              try {
                return Optional.of(read(archive));
              } catch (InvalidDataException e) {
                return e.violation() == minded ? Optional.of(archive) : Optional.empty();
              }
            });
  }

  private static byte[] cut(byte[] copy) {
    return Arrays.copyOf(copy, Math.min(copy.length, MOST_BYTES));
  }

  private static Optional<byte[]> copy(byte[] archive) throws IOException {
    try {
      return Optional.of(read(archive));
    } catch (InvalidDataException refused) {
      return Optional.empty();
    }
  }

  private static byte[] read(byte[] archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarReader.read(new ByteArrayInputStream(archive), new NarWriter(out));
    return out.toByteArray();
  }

  private static Optional<byte[]> waiting(byte[] archive) throws IOException, InterruptedException {
    try {
      return Optional.of(read(archive));
    } catch (InvalidDataException e) {
      if (e.violation() == Violation.NAR_TRUNCATED) {
        new CountDownLatch(1).await();
      }
      return Optional.empty();
    }
  }

  /// Reads nothing any more once it has refused something. *Confined.*
  private static final class StopsAtARefusal implements Reader {
    private boolean hasRefused;

    @Override
    public Optional<byte[]> copy(byte[] archive) throws IOException {
      if (hasRefused) {
        return Optional.empty();
      }
      Optional<byte[]> copy = ArchiveMutants.copy(archive);
      hasRefused = copy.isEmpty();
      return copy;
    }
  }
}
