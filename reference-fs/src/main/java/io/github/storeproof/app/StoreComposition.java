package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.layer.CachedBlobs;
import io.github.storeproof.store.layer.CachedDirectories;
import io.github.storeproof.store.layer.DiskCache;
import io.github.storeproof.store.layer.DiskCachedBlobs;
import io.github.storeproof.store.layer.DiskCachedDirectories;
import io.github.storeproof.store.layer.DiskCachedPathInfos;
import io.github.storeproof.store.layer.FarStore;
import io.github.storeproof.store.layer.LayeredBlobs;
import io.github.storeproof.store.layer.LayeredDirectories;
import io.github.storeproof.store.layer.LayeredPathInfos;
import io.github.storeproof.store.layer.Layering;
import io.github.storeproof.store.layer.PushQueue;
import io.github.storeproof.store.layer.ReadOnly;
import io.github.storeproof.store.layer.SigningPathInfos;
import io.github.storeproof.store.layer.VerifyingPathInfos;
import io.github.storeproof.store.layer.WriteBack;
import io.github.storeproof.store.layer.WriteBackBlobs;
import io.github.storeproof.store.layer.WriteBackDirectories;
import io.github.storeproof.store.layer.WriteBackPathInfos;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.SigningKey;
import io.github.storeproof.store.pathinfo.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine.TypeConversionException;

/// A file that names stores and makes one of them.
///
/// ```toml
/// use = "all"                    # the one that is meant
/// [stores.disk]
/// address = "file:///var/cache/store"
/// [stores.farm]
/// address = "grpc+http://farm:8000"
/// [stores.all]
/// near = "disk"                  # asked first; keeps what the far one has
/// far = "farm"
/// write = "both"                 # or "near", or "back": near, and pushed to the far one later
/// queue = "/var/cache/queue"     # with "back": what waits to be pushed
/// [stores.any]
/// first-of = ["disk", "farm"]    # the first that has it; writes go to the first
/// [stores.safe]
/// read-only = "all"
/// [stores.fast]
/// cache = "farm"                 # small blobs and directories that were read last, in memory
/// max-size = "256 MiB"
/// [stores.kept]
/// cache = "farm"                 # the same on disk, where it outlives the process
/// max-size = "20 GiB"
/// directory = "/var/cache/farm"
/// [stores.signed]
/// signing = "checked"            # path infos that are put
/// key-file = "/etc/store.key"    # as nix-store --generate-binary-cache-key writes it
/// [stores.checked]
/// verifying = "disk"             # only path infos that one of these has signed
/// trusted-keys = ["cache.example.org-1:…"]
/// ```
///
/// *Confined.* Each message names the place in the file.
final class StoreComposition {
  private static final String ADDRESS = "address";
  private static final String NEAR = "near";
  private static final String FAR = "far";
  private static final String WRITE = "write";
  private static final String FIRST_OF = "first-of";
  private static final String READ_ONLY = "read-only";
  private static final String CACHE = "cache";
  private static final String MAX_SIZE = "max-size";
  private static final String DIRECTORY = "directory";
  private static final String QUEUE = "queue";
  private static final String SIGNING = "signing";
  private static final String KEY_FILE = "key-file";
  private static final String VERIFYING = "verifying";
  private static final String TRUSTED_KEYS = "trusted-keys";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ?([KMG])iB");
  // The rest is for blobs.
  private static final int PART_FOR_DIRECTORIES = 4;

  private final Path file;
  private final TomlParseResult toml;
  private final Map<String, Stores> opened = new HashMap<>();
  // Those that are being opened, each for the one before it.
  private final Deque<String> opening = new ArrayDeque<>();

  private StoreComposition(Path file, TomlParseResult toml) {
    this.file = file;
    this.toml = toml;
  }

  /// Reads a file.
  static StoreComposition read(Path file) throws StoreException {
    try {
      TomlParseResult toml = Toml.parse(file);
      if (toml.hasErrors()) {
        throw refused(file + ": " + toml.errors().getFirst());
      }
      return new StoreComposition(file, toml);
    } catch (IOException e) {
      throw refused(file + " cannot be read: " + e.getMessage());
    }
  }

  /// Opens the store that is meant, and those that it is made of.
  Stores open(StoreConnections connections) throws StoreException {
    requireOnly(toml, Set.of("use", "stores"), toml.inputPositionOf(List.of()));
    String name = string(toml, "use", toml.inputPositionOf(List.of("use")));
    return store(name, toml.inputPositionOf(List.of("use")), connections);
  }

  private Stores store(String name, @Nullable TomlPosition from, StoreConnections connections)
      throws StoreException {
    Stores known = opened.get(name);
    if (known != null) {
      return known;
    }
    TomlTable stores = toml.getTable(List.of("stores"));
    if (stores == null || !stores.isTable(List.of(name))) {
      throw wrong(
          from,
          "there is no store '"
              + name
              + "', want one of "
              + (stores == null ? "none" : stores.keySet()));
    }
    if (opening.contains(name)) {
      List<String> cycle = new ArrayList<>(opening.reversed());
      throw wrong(from, "store is made of itself: " + String.join(" → ", cycle) + " → " + name);
    }
    opening.push(name);
    TomlTable table = Objects.requireNonNull(stores.getTable(List.of(name)));
    Stores made = made(name, table, stores.inputPositionOf(List.of(name)), connections);
    opening.pop();
    opened.put(name, made);
    return made;
  }

  private Stores made(
      String name, TomlTable table, @Nullable TomlPosition at, StoreConnections connections)
      throws StoreException {
    if (table.contains(ADDRESS)) {
      requireOnly(table, Set.of(ADDRESS), at);
      return address(table, connections);
    }
    if (table.contains(NEAR)) {
      requireOnly(table, Set.of(NEAR, FAR, WRITE, QUEUE), at);
      return nearFar(table, at, connections);
    }
    if (table.contains(FIRST_OF)) {
      requireOnly(table, Set.of(FIRST_OF), at);
      return firstOf(table, connections);
    }
    if (table.contains(READ_ONLY)) {
      requireOnly(table, Set.of(READ_ONLY), at);
      return readOnly(part(table, READ_ONLY, at, connections));
    }
    if (table.contains(CACHE)) {
      requireOnly(table, Set.of(CACHE, MAX_SIZE, DIRECTORY), at);
      Stores stores = part(table, CACHE, at, connections);
      return table.contains(DIRECTORY)
          ? cachedOnDisk(stores, table, at, connections)
          : cached(stores, maxSizeBytes(table, at));
    }
    if (table.contains(SIGNING)) {
      requireOnly(table, Set.of(SIGNING, KEY_FILE), at);
      SigningKey key = key(table, at);
      return withPathInfos(
          part(table, SIGNING, at, connections), service -> new SigningPathInfos(service, key));
    }
    if (table.contains(VERIFYING)) {
      requireOnly(table, Set.of(VERIFYING, TRUSTED_KEYS), at);
      TrustedKeys keys = trustedKeys(table);
      return withPathInfos(
          part(table, VERIFYING, at, connections),
          service -> new VerifyingPathInfos(service, keys));
    }
    throw wrong(
        at,
        "store '"
            + name
            + "' is nothing, want one of address, near, first-of, read-only, cache, signing or"
            + " verifying");
  }

  private static Stores cached(Stores stores, long mostBytes) {
    long forDirectories = mostBytes / PART_FOR_DIRECTORIES;
    return new Stores(
        new CachedBlobs(stores.blobs(), mostBytes - forDirectories),
        new CachedDirectories(stores.directories(), forDirectories),
        stores.pathInfos());
  }

  private Stores cachedOnDisk(
      Stores stores, TomlTable table, @Nullable TomlPosition at, StoreConnections connections)
      throws StoreException {
    Path directory = Path.of(string(table, DIRECTORY, at));
    long mostBytes = maxSizeBytes(table, at);
    DiskCache cache =
        placed(
            table, DIRECTORY, () -> DiskCache.open(directory, mostBytes, InstantSource.system()));
    connections.closeFirst(cache::close);
    FarStore farStore = new FarStore(string(table, CACHE, at));
    return new Stores(
        new DiskCachedBlobs(stores.blobs(), farStore, cache),
        new DiskCachedDirectories(stores.directories(), farStore, cache),
        new DiskCachedPathInfos(stores.pathInfos(), farStore, cache));
  }

  private interface Opening<T> {
    T open() throws StoreException;
  }

  /// Opens what a key names; the message of a failure names the place of the key.
  private <T> T placed(TomlTable table, String key, Opening<T> opening) throws StoreException {
    try {
      return opening.open();
    } catch (StoreException e) {
      throw wrong(table.inputPositionOf(List.of(key)), e.getMessage());
    }
  }

  private static Stores withPathInfos(Stores stores, UnaryOperator<PathInfoService> change) {
    return new Stores(stores.blobs(), stores.directories(), change.apply(stores.pathInfos()));
  }

  private long maxSizeBytes(TomlTable table, @Nullable TomlPosition at) throws StoreException {
    String text = string(table, MAX_SIZE, at);
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw wrong(
          table.inputPositionOf(List.of(MAX_SIZE)),
          MAX_SIZE + " is '" + text + "', want such as '256 MiB'");
    }
    int unit = 1 + "KMG".indexOf(size.group(2));
    return Long.parseLong(size.group(1)) << (10 * unit);
  }

  private SigningKey key(TomlTable table, @Nullable TomlPosition at) throws StoreException {
    Path keyFile = Path.of(string(table, KEY_FILE, at));
    return placed(table, KEY_FILE, () -> SigningKey.read(keyFile));
  }

  private TrustedKeys trustedKeys(TomlTable table) throws StoreException {
    return placed(table, TRUSTED_KEYS, () -> TrustedKeys.parse(strings(table, TRUSTED_KEYS)));
  }

  private Stores address(TomlTable table, StoreConnections connections) throws StoreException {
    TomlPosition at = table.inputPositionOf(List.of(ADDRESS));
    try {
      return connections.all(new StoreAddress.Converter().convert(string(table, ADDRESS, at)));
    } catch (TypeConversionException e) {
      throw wrong(at, String.valueOf(e.getMessage()));
    }
  }

  private Stores nearFar(TomlTable table, @Nullable TomlPosition at, StoreConnections connections)
      throws StoreException {
    String write = table.contains(WRITE) ? string(table, WRITE, at) : "near";
    if (!Set.of("near", "both", "back").contains(write)) {
      throw wrong(
          table.inputPositionOf(List.of(WRITE)),
          "write is '" + write + "', want near, both or back");
    }
    Stores near = part(table, NEAR, at, connections);
    Stores far = part(table, FAR, at, connections);
    FarStore farStore = new FarStore(string(table, FAR, at));
    Stores both = layered(near, far, farStore, new Layering(true, write.equals("both")));
    if (write.equals("back")) {
      Path directory = Path.of(string(table, QUEUE, at));
      PushQueue queue = placed(table, QUEUE, () -> PushQueue.open(directory));
      connections.watching().watchQueue(directory, queue::waitingCount);
      return writtenBack(both, near, far, farStore, queue, connections);
    }
    if (table.contains(QUEUE)) {
      throw wrong(table.inputPositionOf(List.of(QUEUE)), "there is a queue, want write = 'back'");
    }
    return both;
  }

  private static Stores writtenBack(
      Stores both,
      Stores near,
      Stores far,
      FarStore farStore,
      PushQueue queue,
      StoreConnections connections) {
    WriteBack writeBack = WriteBack.start(queue, side(near), side(far), farStore);
    connections.closeFirst(writeBack::close);
    return new Stores(
        new WriteBackBlobs(both.blobs(), near.blobs(), queue),
        new WriteBackDirectories(both.directories(), near.directories(), queue),
        new WriteBackPathInfos(both.pathInfos(), near.pathInfos(), queue));
  }

  private static WriteBack.Side side(Stores stores) {
    return new WriteBack.Side(stores.blobs(), stores.directories(), stores.pathInfos());
  }

  private Stores firstOf(TomlTable table, StoreConnections connections) throws StoreException {
    TomlPosition at = table.inputPositionOf(List.of(FIRST_OF));
    List<String> names = strings(table, FIRST_OF);
    if (names.isEmpty()) {
      throw wrong(at, FIRST_OF + " is no list of names, want one of 1 name at least");
    }
    int last = names.size() - 1;
    Stores all = store(names.get(last), at, connections);
    for (int i = last - 1; i >= 0; i--) {
      all =
          layered(
              store(names.get(i), at, connections),
              all,
              new FarStore(names.get(i + 1)),
              new Layering(false, false));
    }
    return all;
  }

  /// The strings of a list; none where there is another thing.
  private static List<String> strings(TomlTable table, String key) {
    TomlArray array = table.isArray(key) ? table.getArray(List.of(key)) : null;
    if (array == null || !array.toList().stream().allMatch(String.class::isInstance)) {
      return List.of();
    }
    return array.toList().stream().map(String.class::cast).toList();
  }

  private static Stores layered(Stores near, Stores far, FarStore farStore, Layering layering) {
    return new Stores(
        new LayeredBlobs(near.blobs(), far.blobs(), farStore, layering),
        new LayeredDirectories(near.directories(), far.directories(), farStore, layering),
        new LayeredPathInfos(near.pathInfos(), far.pathInfos(), farStore, layering));
  }

  private static Stores readOnly(Stores stores) {
    return new Stores(
        new ReadOnly.Blobs(stores.blobs()),
        new ReadOnly.Directories(stores.directories()),
        new ReadOnly.PathInfos(stores.pathInfos()));
  }

  private Stores part(
      TomlTable table, String key, @Nullable TomlPosition at, StoreConnections connections)
      throws StoreException {
    return store(string(table, key, at), table.inputPositionOf(List.of(key)), connections);
  }

  private String string(TomlTable table, String key, @Nullable TomlPosition at)
      throws StoreException {
    String value = table.isString(key) ? table.getString(List.of(key)) : null;
    if (value == null) {
      throw wrong(at, "there is no '" + key + "', want a string");
    }
    return value;
  }

  private void requireOnly(TomlTable table, Set<String> keys, @Nullable TomlPosition at)
      throws StoreException {
    for (String key : table.keySet()) {
      if (!keys.contains(key)) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        throw wrong(position == null ? at : position, "'" + key + "' is not known here");
      }
    }
  }

  private StoreException wrong(@Nullable TomlPosition at, String what) {
    return refused(file + (at == null ? "" : ":" + at.line()) + ": " + what);
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreFailure.REFUSED, message);
  }
}
