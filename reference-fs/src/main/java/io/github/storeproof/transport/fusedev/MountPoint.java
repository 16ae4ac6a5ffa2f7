package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The directory that a mount covers, named by bytes. *Immutable.*
public final class MountPoint {
  private static final byte[] DOT = {'.'};
  private static final byte[] DOT_DOT = {'.', '.'};

  private final byte[] path;

  private MountPoint(byte[] path) {
    this.path = path;
  }

  /// @param path as the kernel takes it, without NUL
  public static MountPoint of(byte[] path) {
    if (path.length == 0) {
      throw new IllegalArgumentException("mount point has no bytes, want a path");
    }
    for (byte b : path) {
      if (b == 0) {
        throw new IllegalArgumentException("mount point has a NUL byte, want a path");
      }
    }
    return new MountPoint(path.clone());
  }

  public byte[] toBytes() {
    return path.clone();
  }

  /// Refuses what nothing should be mounted on: what is missing, no directory, covered already,
  /// dead, or not empty.
  public void check() throws MountException {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      FileStatus status = FileStatus.of(libc, arena, path);
      boolean isDead = status.isMountRoot() && FileStatus.isDead(libc, arena, path);
      if (status.errno() != 0 || isDead) {
        throw new MountException(unusable(isDead ? Errno.ENOTCONN.number() : status.errno()));
      }
      if (!status.isDirectory()) {
        throw new MountException("mount point %s is not a directory".formatted(this));
      }
      if (status.isMountRoot()) {
        throw new MountException(
            "mount point %s has something mounted on it already, want an empty directory"
                .formatted(this));
      }
      checkEmpty(libc, arena);
    }
  }

  private String unusable(int number) {
    if (number == Errno.ENOENT.number()) {
      return "mount point %s does not exist".formatted(this);
    }
    if (number == Errno.ENOTDIR.number()) {
      return "mount point %s is not a directory: a part of its path is a file".formatted(this);
    }
    if (number == Errno.ENOTCONN.number()) {
      return ("mount point %s has a dead FUSE mount on it, whose server has ended:"
              + " unmount it first (umount -l, or fusermount3 -u -z)")
          .formatted(this);
    }
    return "mount point %s cannot be looked at: %s".formatted(this, Errno.describe(number));
  }

  private void checkEmpty(Libc libc, Arena arena) throws MountException {
    int fd = libc.open(Libc.cString(arena, path), Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (fd < 0) {
      throw new MountException(
          "mount point %s cannot be listed: %s".formatted(this, Errno.describe(-fd)));
    }
    try {
      MemorySegment entries = arena.allocate(4096, 8);
      long count = libc.getdents64(fd, entries, entries.byteSize());
      for (long at = 0; at < count; at += recordBytes(entries, at)) {
        byte[] name = name(entries, at);
        if (!Arrays.equals(name, DOT) && !Arrays.equals(name, DOT_DOT)) {
          throw new MountException(
              "mount point %s is not empty: it has %s, want an empty directory"
                  .formatted(this, printable(name)));
        }
      }
    } finally {
      libc.close(fd);
    }
  }

  /// `struct linux_dirent64`: ino 8, off 8, reclen 2, type 1, name with NUL.
  private static int recordBytes(MemorySegment entries, long at) {
    return Short.toUnsignedInt(entries.get(JAVA_SHORT_UNALIGNED, at + 16));
  }

  private static byte[] name(MemorySegment entries, long at) {
    long end = at + 19;
    while (entries.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return entries.asSlice(at + 19, end - at - 19).toArray(JAVA_BYTE);
  }

  private static String printable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      if (b >= 0x20 && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append("\\x%02X".formatted(b));
      }
    }
    return text.toString();
  }

  /// The path, with `\xNN` for bytes that do not print.
  @Override
  public String toString() {
    return printable(path);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MountPoint that && Arrays.equals(path, that.path);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(path);
  }
}
