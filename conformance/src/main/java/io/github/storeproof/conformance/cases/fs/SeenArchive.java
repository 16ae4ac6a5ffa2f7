package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PATH_MAX;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.RawBytes;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarWriter;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The archive of what calls saw of a tree: attributes, listings, contents and targets, and nothing of what they should have seen.
/// *Confined.*
final class SeenArchive {
  private static final int OWNER_EXECUTES = 0100;

  private final Map<RawBytes, Observation> attributes = new HashMap<>();
  private final Map<RawBytes, Observation> insides = new HashMap<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final NarWriter nar = new NarWriter(bytes);

  private SeenArchive() {}

  /// What cannot be archived, in words.
  private static final class Unseen extends Exception {
    private static final long serialVersionUID = 1L;

    Unseen(RawBytes path, String seen) {
      super("\"" + path + "\": " + seen);
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }

  /// Adds the calls that see a tree, and wants their archive to be that of the tree.
  ///
  /// @param entries the nodes of one root, the root first
  static void want(Trial trial, List<FixtureEntry> entries) {
    List<Slot> slots = new ArrayList<>();
    for (FixtureEntry entry : entries) {
      slots.add(trial.calls().lstat(entry.pathBytes()));
      slots.add(inside(trial, entry));
    }
    TreeArchive archive = TreeArchive.of(entries.getFirst().tree());
    trial.want(
        "calls that see the archive of the tree: " + words(archive),
        slots,
        observed -> new SeenArchive().judge(archive, entries, observed));
  }

  private static Slot inside(Trial trial, FixtureEntry entry) {
    Arg path = Arg.path(entry.pathBytes());
    return switch (entry.tree()) {
      case Tree.Dir _ -> trial.calls().list(path);
      case Tree.Link _ -> trial.calls().readlinkat(Arg.cwd(), path, PATH_MAX);
      case Tree.File(var content, _) -> {
        Slot fd = trial.calls().open(path, O_RDONLY, 0);
        Slot read = trial.calls().pread(fd, (int) content.size() + 1, 0);
        trial.calls().close(fd);
        yield read;
      }
    };
  }

  static String words(TreeArchive archive) {
    return words(archive.sizeBytes(), archive.sha256());
  }

  private static String words(long sizeBytes, byte[] sha256) {
    return sizeBytes + " bytes with SHA-256 " + HexFormat.of().formatHex(sha256);
  }

  /// What is wrong with an archive; empty when nothing is.
  static Optional<String> difference(TreeArchive wanted, byte[] seen) {
    byte[] sha256 = sha256(seen);
    return seen.length == wanted.sizeBytes() && Arrays.equals(sha256, wanted.sha256())
        ? Optional.empty()
        : Optional.of("an archive of " + words(seen.length, sha256));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Optional<String> judge(
      TreeArchive wanted, List<FixtureEntry> entries, List<Observation> observed) {
    for (int i = 0; i < entries.size(); i++) {
      attributes.put(entries.get(i).path(), observed.get(2 * i));
      insides.put(entries.get(i).path(), observed.get(2 * i + 1));
    }
    try {
      node(entries.getFirst().path());
      return difference(wanted, bytes.toByteArray());
    } catch (Unseen e) {
      return Optional.of(e.words());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void node(RawBytes path) throws Unseen, IOException {
    Observation inside = insides.get(path);
    Observation seen = attributes.get(path);
    if (inside == null || seen == null) {
      throw new Unseen(path, "is listed, and not in the tree");
    }
    Stat stat = Decoded.stat(ok(path, seen));
    ok(path, inside);
    try {
      if (stat.isDirectory()) {
        directory(path, inside);
      } else if (stat.isRegular()) {
        byte[] content = inside.bytes();
        nar.file(
            (stat.mode() & OWNER_EXECUTES) != 0, content.length, new ByteArrayInputStream(content));
      } else {
        nar.symlink(SymlinkTarget.of(inside.bytes()));
      }
    } catch (InvalidDataException e) {
      throw new Unseen(path, String.valueOf(e.getMessage()));
    }
  }

  private void directory(RawBytes path, Observation listing) throws Unseen, IOException {
    TreeSet<PathComponent> names = new TreeSet<>();
    for (Dirent entry : Decoded.dirents(listing)) {
      if (!entry.isDot() && !names.add(PathComponent.of(entry.name().toArray()))) {
        throw new Unseen(path, "lists \"" + entry.name() + "\" twice");
      }
    }
    nar.directory();
    for (PathComponent name : names) {
      nar.entry(name);
      node(RawBytes.of(join(path.toBytes(), name.toBytes())));
    }
    nar.endDirectory();
  }

  private static byte[] join(byte[] path, byte[] name) {
    byte[] joined = Arrays.copyOf(path, path.length + 1 + name.length);
    joined[path.length] = '/';
    System.arraycopy(name, 0, joined, path.length + 1, name.length);
    return joined;
  }

  private static Observation ok(RawBytes path, Observation observation) throws Unseen {
    if (!observation.ok()) {
      throw new Unseen(path, Allowed.outcome(observation));
    }
    return observation;
  }
}
