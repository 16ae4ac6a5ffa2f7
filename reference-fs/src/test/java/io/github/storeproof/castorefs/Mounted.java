package io.github.storeproof.castorefs;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A filesystem over memory stores, asked as the kernel would ask.
final class Mounted {
  private static final int DIRENT_HEADER_BYTES = 24;

  /// An entry as a listing gives it.
  record Listed(long nodeId, long ino, long nextOffset, int type, String name) {}

  final CastoreFs fs;

  Mounted(CastoreFs fs) {
    this.fs = fs;
  }

  static Stores memory() {
    return new Stores(
        new MemoryBlobService(),
        new MemoryDirectoryService(SizeRule.SNIX),
        new MemoryPathInfoService());
  }

  static void fill(Stores stores, Fixture fixture) throws StoreException {
    new StoreSink(stores.blobs(), stores.directories(), stores.pathInfos()).fill(fixture);
  }

  static Mounted of(Fixture fixture) throws StoreException {
    Stores stores = memory();
    fill(stores, fixture);
    return new Mounted(new CastoreFs(stores, true));
  }

  /// Looks each name up in the one before it, from the root on.
  Entry walk(byte[] path) throws ErrnoException {
    Entry entry = Entry.negative(0);
    long at = FuseOperations.ROOT_ID;
    for (String name : new String(path, StandardCharsets.ISO_8859_1).split("/", -1)) {
      entry = fs.lookup(at, name.getBytes(StandardCharsets.ISO_8859_1));
      at = entry.nodeId();
    }
    return entry;
  }

  byte[] read(long nodeId, long offset, int sizeBytes) throws ErrnoException {
    byte[] into = new byte[sizeBytes];
    int count = fs.read(nodeId, 0, offset, MemorySegment.ofArray(into));
    return Arrays.copyOf(into, count);
  }

  /// One READDIR with room for `roomBytes` of entries.
  List<Listed> readdir(long nodeId, long handle, long offset, int roomBytes) throws ErrnoException {
    List<Listed> listed = new ArrayList<>();
    int[] left = {roomBytes};
    fs.readdir(
        nodeId,
        handle,
        offset,
        (ino, nextOffset, type, name) -> {
          left[0] -= sizeOf(name);
          return left[0] >= 0 && listed.add(new Listed(0, ino, nextOffset, type, text(name)));
        });
    return listed;
  }

  /// One READDIRPLUS with room for `roomCount` entries.
  List<Listed> readdirplus(long nodeId, long offset, int roomCount) throws ErrnoException {
    List<Listed> listed = new ArrayList<>();
    fs.readdirplus(
        nodeId,
        0,
        offset,
        (entry, nextOffset, name) ->
            listed.size() < roomCount
                && listed.add(
                    new Listed(
                        entry.nodeId(),
                        entry.attr().ino(),
                        nextOffset,
                        entry.attr().direntType(),
                        text(name))));
    return listed;
  }

  /// READDIR with one buffer size until the end.
  List<Listed> list(long nodeId, int roomBytes) throws ErrnoException {
    List<Listed> all = new ArrayList<>();
    List<Listed> part = readdir(nodeId, 0, 0, roomBytes);
    while (!part.isEmpty()) {
      all.addAll(part);
      part = readdir(nodeId, 0, part.getLast().nextOffset(), roomBytes);
    }
    return all;
  }

  static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static int sizeOf(byte[] name) {
    return (DIRENT_HEADER_BYTES + name.length + 7) & -8;
  }
}
