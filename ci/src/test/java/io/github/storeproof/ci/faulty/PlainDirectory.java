package io.github.storeproof.ci.faulty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import ru.serce.jnrfuse.struct.FileStat;

/// A plain directory, shown as it is. Faults override one of its methods; what they throw reaches the kernel as an error
/// number. Paths are absolute in the mount, one char for each byte. *Thread-safe.*
class PlainDirectory {
  private static final int MAX_TARGET_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 256;

  /// Where the name is in struct dirent.
  private static final int DIRENT_NAME = 19;

  static final int O_ACCMODE = 3;
  static final int O_TRUNC = 01000;
  private static final int ROOT_MODE = Attributes.S_IFDIR | 0555;

  private final String tree;
  private final Map<Long, List<Entry>> listings = new ConcurrentHashMap<>();
  private final AtomicLong lastListing = new AtomicLong();
  private final Set<Long> open = ConcurrentHashMap.newKeySet();

  PlainDirectory(String tree) {
    this.tree = tree;
  }

  /// Where a path of the mount is on disk, with a NUL.
  private byte[] onDisk(String path) {
    return bytes(tree + path + '\0');
  }

  static boolean isRoot(String path) {
    return path.equals("/");
  }

  /// The last name of a path.
  static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The path of the directory that a path is in, `/` for the root's entries.
  static String parentOf(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /// The path of an entry.
  static String in(String directory, String name) {
    return isRoot(directory) ? directory + name : directory + '/' + name;
  }

  /// Tells of a node, for lookups too.
  Attributes getattr(String path) throws Failure {
    FileStat status = newStatus();
    Failure.check(Libc.C.lstat(onDisk(path), FileStat.getMemory(status)));
    boolean root = isRoot(path);
    long size = status.st_size.longValue();
    return new Attributes(
        status.st_ino.longValue(),
        root ? ROOT_MODE : status.st_mode.intValue(),
        status.st_nlink.intValue(),
        status.st_uid.intValue(),
        size,
        (size + 511) / 512,
        root ? 1 : status.st_mtim.tv_sec.get());
  }

  /// Memory for what stat says.
  static FileStat newStatus() {
    FileStat status = new FileStat(Runtime.getSystemRuntime());
    status.useMemory(Memory.allocateDirect(status.getRuntime(), FileStat.size(status), true));
    return status;
  }

  /// The target of a link.
  byte[] readlink(String path) throws Failure {
    byte[] target = new byte[MAX_TARGET_BYTES];
    return Arrays.copyOf(
        target, (int) Failure.check(Libc.C.readlink(onDisk(path), target, target.length)));
  }

  /// Opens a file.
  ///
  /// @return its handle
  long open(String path, int flags) throws Failure {
    if ((flags & (O_ACCMODE | O_TRUNC)) != 0) {
      throw new Failure(Failure.EROFS);
    }
    long handle = Failure.check(Libc.C.open(onDisk(path), 0));
    open.add(handle);
    return handle;
  }

  /// Reads a slice, which is short at the end of the file only.
  byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
    byte[] data = new byte[sizeBytes];
    return Arrays.copyOf(
        data, (int) Failure.check(Libc.C.pread((int) handle, data, sizeBytes, offsetBytes)));
  }

  void release(long handle) throws Failure {
    open.remove(handle);
    Failure.check(Libc.C.close((int) handle));
  }

  /// Closes what an unmount has left open.
  final void closeAll() {
    open.forEach(handle -> Libc.C.close(handle.intValue()));
    open.clear();
  }

  /// Opens a directory.
  ///
  /// @return its handle
  long opendir(String path) throws Failure {
    long handle = lastListing.incrementAndGet();
    listings.put(handle, readdir(path));
    return handle;
  }

  void releasedir(long handle) {
    listings.remove(handle);
  }

  /// All entries, without `.` and `..`, in an order that lasts.
  List<Entry> readdir(String path) throws Failure {
    Pointer stream = Libc.C.opendir(onDisk(path));
    if (stream == null) {
      throw Failure.last();
    }
    List<Entry> entries = new ArrayList<>();
    for (Pointer each = Libc.C.readdir(stream); each != null; each = Libc.C.readdir(stream)) {
      String name = each.getString(DIRENT_NAME, MAX_NAME_BYTES, StandardCharsets.ISO_8859_1);
      if (!name.equals(".") && !name.equals("..")) {
        entries.add(new Entry(name, listed(in(path, name))));
      }
    }
    Libc.C.closedir(stream);
    return entries;
  }

  /// What a listing tells of a node.
  Attributes listed(String path) throws Failure {
    return getattr(path);
  }

  /// Sends a part of a listing to the kernel: what follows an offset, as far as it fits.
  ///
  /// @param offset how many entries the kernel has
  void fill(String path, long handle, long offset, Filler filler) throws Failure {
    if (offset == 0) {
      listings.put(handle, readdir(path));
    }
    List<Entry> entries = listing(handle);
    long next = Math.max(0, offset);
    while (next < entries.size() && filler.add(entries.get((int) next), next + 1)) {
      next++;
    }
  }

  /// What an open directory shows.
  final List<Entry> listing(long handle) {
    return listings.getOrDefault(handle, List.of());
  }

  Space statfs() throws Failure {
    return Space.RIGHT;
  }

  /// The value of an extended attribute.
  byte[] getxattr(String path, String name) throws Failure {
    throw new Failure(Failure.ENODATA);
  }

  /// The names of the extended attributes, each with a NUL.
  byte[] listxattr(String path) throws Failure {
    return new byte[0];
  }

  /// A call that would change something.
  ///
  /// @param call its name, such as `mkdir`
  void change(String call, String path) throws Failure {
    throw new Failure(Failure.EROFS);
  }

  /// Would give a node another place.
  void rename(String from, String to) throws Failure {
    change("rename", from);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Takes entries for the kernel.
  @FunctionalInterface
  interface Filler {
    /// Adds an entry.
    ///
    /// @param next the offset of what follows
    /// @return whether it fitted
    boolean add(Entry entry, long next);
  }
}
