package io.github.storeproof.store.layer;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.disk.DiskFailures;
import io.github.storeproof.store.disk.OwnedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Byte strings under names, in a directory whose size has a bound: what was used longest ago goes first.
///
/// Nothing in it is needed: a file that cannot be written is left out. One process at a time has the
/// directory; what it had cached is there when the next one opens it, however it ended. Whoever asks
/// checks what it gets. *Thread-safe.*
public final class DiskCache implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DiskCache.class.getName());
  private static final int BLOCK_BYTES = 4096;
  // The time of a file, which says when it was used, is this much behind at most.
  private static final Duration NOTED_AGAIN = Duration.ofMinutes(1);

  private final Path directory;
  private final long mostBytes;
  private final InstantSource clock;
  private final OwnedDirectory owned;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;
  private boolean isFailureTold;

  private record Held(long sizeBytes, long notedMillis) {}

  private DiskCache(Path directory, long mostBytes, InstantSource clock, OwnedDirectory owned) {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.clock = clock;
    this.owned = owned;
  }

  /// Opens a cache, or makes one where nothing is yet.
  ///
  /// @param mostBytes of all files, in whole blocks
  /// @throws StoreException when the directory cannot be one, or another process has it
  public static DiskCache open(Path directory, long mostBytes, InstantSource clock)
      throws StoreException {
    try {
      OwnedDirectory owned = OwnedDirectory.open("cache", directory);
      Files.createDirectories(directory.resolve("kept"));
      Files.createDirectories(directory.resolve("incoming"));
      DiskCache cache = new DiskCache(directory, mostBytes, clock, owned);
      cache.load();
      return cache;
    } catch (IOException e) {
      throw DiskFailures.of("cache " + directory + " cannot be opened", e);
    }
  }

  /// What an earlier process has left, in the order in which it was used.
  private void load() throws IOException {
    for (Path unfinished : entries(directory.resolve("incoming"))) {
      Files.delete(unfinished);
    }
    record Found(String name, Held held) {}
    List<Found> all = new ArrayList<>();
    for (Path file : entries(directory.resolve("kept"))) {
      long usedMillis = Files.getLastModifiedTime(file).toMillis();
      all.add(
          new Found(
              file.getFileName().toString(), new Held(blocksOf(Files.size(file)), usedMillis)));
    }
    all.sort(Comparator.comparingLong(found -> found.held().notedMillis()));
    for (Found found : all) {
      held.put(found.name(), found.held());
      heldBytes += found.held().sizeBytes();
    }
    makeRoom(0);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static long blocksOf(long sizeBytes) {
    return (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  private Path file(String name) {
    return directory.resolve("kept").resolve(name);
  }

  /// The bytes of that name; empty when there are none.
  Optional<byte[]> get(String name) {
    try {
      if (!use(name)) {
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file(name)));
    } catch (NoSuchFileException e) {
      remove(name);
      return Optional.empty();
    } catch (IOException e) {
      tell(e);
      remove(name);
      return Optional.empty();
    }
  }

  boolean has(String name) {
    synchronized (held) {
      return held.containsKey(name);
    }
  }

  /// Notes that it is used now.
  private boolean use(String name) throws IOException {
    long nowMillis = clock.millis();
    synchronized (held) {
      @Nullable Held known = held.get(name);
      if (known == null || nowMillis - known.notedMillis() < NOTED_AGAIN.toMillis()) {
        return known != null;
      }
      held.put(name, new Held(known.sizeBytes(), nowMillis));
    }
    Files.setLastModifiedTime(file(name), FileTime.fromMillis(nowMillis));
    return true;
  }

  /// Keeps bytes, unless they are a large part of all that fits.
  void put(String name, byte[] bytes) {
    long sizeBytes = blocksOf(bytes.length);
    if (sizeBytes > mostBytes / 4) {
      return;
    }
    Path file = directory.resolve("incoming").resolve(UUID.randomUUID().toString());
    try {
      long nowMillis = clock.millis();
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.setLastModifiedTime(file, FileTime.fromMillis(nowMillis));
      synchronized (held) {
        makeRoom(sizeBytes);
        Files.move(file, file(name), StandardCopyOption.ATOMIC_MOVE);
        @Nullable Held before = held.put(name, new Held(sizeBytes, nowMillis));
        heldBytes += sizeBytes - (before == null ? 0 : before.sizeBytes());
      }
    } catch (IOException e) {
      tell(e);
      discard(file);
    }
  }

  private void makeRoom(long sizeBytes) {
    Iterator<Map.Entry<String, Held>> oldest = held.entrySet().iterator();
    while (heldBytes + sizeBytes > mostBytes && oldest.hasNext()) {
      Map.Entry<String, Held> entry = oldest.next();
      heldBytes -= entry.getValue().sizeBytes();
      oldest.remove();
      // Whoever reads it has it open, or asks elsewhere.
      discard(file(entry.getKey()));
    }
  }

  /// Keeps it no longer: it is not what it should be.
  void remove(String name) {
    synchronized (held) {
      @Nullable Held known = held.remove(name);
      if (known != null) {
        heldBytes -= known.sizeBytes();
        discard(file(name));
      }
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It goes when the cache is opened next.
    }
  }

  /// A cache on a full disk is no reason not to read, and is told once.
  private void tell(IOException e) {
    synchronized (held) {
      if (isFailureTold) {
        return;
      }
      isFailureTold = true;
    }
    LOG.log(System.Logger.Level.WARNING, "cache {0}: {1}", directory, e.toString());
  }

  /// How much is in it.
  long heldBytes() {
    synchronized (held) {
      return heldBytes;
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
