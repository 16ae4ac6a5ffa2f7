package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A directory of a fixture, and the names that a listing of it must show. *Immutable.*
///
/// @param path below the target's root; empty for the root itself
/// @param names what is in it, without `.` and `..`
record ListedDirectory(Bytes path, Set<Bytes> names) {
  private static final int RECORD_HEADER_BYTES = 20;
  private static final int RECORD_ALIGNMENT_BYTES = 8;
  private static final int SHOWN_PATH_BYTES = 60;
  private static final int LONGEST_DOTS_BYTES = 2;

  /// The directories of the shared fixture, and in the end the root where it can be listed.
  static List<ListedDirectory> andRoot(Subject subject) {
    List<ListedDirectory> directories = new ArrayList<>(below(subject.fixture()));
    if (subject.features().claims(Feature.LIST_ROOT)) {
      directories.add(root(subject.fixture()));
    }
    return directories;
  }

  /// The root of a fixture: its entries are the store paths.
  static ListedDirectory root(Fixture fixture) {
    Set<Bytes> names = new LinkedHashSet<>();
    fixture.roots().keySet().forEach(path -> names.add(Bytes.of(path.basename())));
    return new ListedDirectory(Bytes.EMPTY, names);
  }

  /// The directories below the root.
  static List<ListedDirectory> below(Fixture fixture) {
    return fixture.walk().stream().map(ListedDirectory::of).flatMap(Optional::stream).toList();
  }

  /// The directory at an entry; empty for another kind of node.
  static Optional<ListedDirectory> of(FixtureEntry entry) {
    if (!(entry.tree() instanceof Tree.Dir(var children))) {
      return Optional.empty();
    }
    Set<Bytes> names = new LinkedHashSet<>();
    children.keySet().forEach(name -> names.add(Bytes.of(name.toBytes())));
    return Optional.of(new ListedDirectory(Bytes.of(entry.pathBytes()), names));
  }

  /// The bytes that the kernel's record of a name takes in a buffer of getdents64.
  static int recordBytes(int nameBytes) {
    return Math.ceilDiv(RECORD_HEADER_BYTES + nameBytes, RECORD_ALIGNMENT_BYTES)
        * RECORD_ALIGNMENT_BYTES;
  }

  /// The smallest buffer in which each entry fits when it is alone.
  int smallestBufferBytes() {
    return recordBytes(
        names.stream().mapToInt(Bytes::length).reduce(LONGEST_DOTS_BYTES, Math::max));
  }

  /// More calls than a listing takes when each gives one entry: the entries, two dots and the end.
  int mostCalls() {
    return names.size() + 3;
  }

  /// Adds the opening of it for listing, which must succeed.
  Slot open(Trial trial) {
    Slot fd = trial.calls().open(path.toArray(), O_RDONLY | O_DIRECTORY);
    return trial.want(fd, Allowed.that("directory " + this + " opens", observed -> observed.ok()));
  }

  /// Adds a listing of it by a descriptor of its own.
  Slot list(Trial trial, int bufferBytes) {
    Slot fd = open(trial);
    Slot listing = trial.calls().listAll(fd, bufferBytes, mostCalls());
    trial.calls().close(fd);
    return listing;
  }

  /// The path, as a message shows it.
  @Override
  public String toString() {
    return path.length() == 0 ? "the root" : Escapes.quote(path.toArray(), SHOWN_PATH_BYTES);
  }
}
