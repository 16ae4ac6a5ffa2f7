package io.github.storeproof.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// The system calls that read a tree of files, on raw bytes and descriptors.
///
/// An instance owns the buffers of its calls: *confined* to one thread at a time.
public final class Posix {
  /// In place of a descriptor: relative to the working directory.
  public static final int AT_FDCWD = -100;

  public static final int O_RDONLY = 0;
  public static final int O_RDWR = 2;
  public static final int O_NONBLOCK = 04000;
  public static final int O_CLOEXEC = 02000000;
  // These two are not the same number on every machine.
  public static final int O_DIRECTORY = SystemCalls.IS_ARM ? 040000 : 0200000;
  public static final int O_NOFOLLOW = SystemCalls.IS_ARM ? 0100000 : 0400000;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_SIZE_BYTES = 256;
  private static final int PATH_MAX = 4096;
  private static final int DIRENT_BUFFER_BYTES = 64 << 10;
  private static final int DIRENT_NAME_OFFSET = 19;

  private final MemorySegment capture;
  private final MemorySegment path;
  private final MemorySegment buffer;
  private final MemorySegment statx;

  /// Allocates the buffers, outside the heap; they live as long as the instance.
  public Posix() {
    Arena arena = Arena.ofAuto();
    capture = arena.allocate(SystemCalls.CAPTURE);
    path = arena.allocate(PATH_MAX);
    buffer = arena.allocate(DIRENT_BUFFER_BYTES, 8);
    statx = arena.allocate(STATX_SIZE_BYTES, 8);
  }

  /// Opens `name` relative to the directory `directoryFd`, or as it is when it is absolute.
  ///
  /// @return a descriptor that the caller closes
  public int openat(int directoryFd, byte[] name, int flags) throws PosixException {
    return (int)
        check("open", SystemCalls.openat(capture, directoryFd, cString(name), flags | O_CLOEXEC));
  }

  /// Closes a descriptor; a failure to close what was only read is no failure.
  public void close(int fd) {
    SystemCalls.close(capture, fd);
  }

  /// Reads to the start of `into`, at most its size.
  ///
  /// @return how many bytes; 0 at the end of the file
  public long read(int fd, MemorySegment into) throws PosixException {
    while (true) {
      long count = SystemCalls.read(capture, fd, into, into.byteSize());
      if (count >= 0) {
        return count;
      }
      if (errno() != PosixException.EINTR) {
        throw failure("read");
      }
    }
  }

  /// The status of an open file.
  public FileStatus status(int fd) throws PosixException {
    return statx(fd, new byte[0], AT_EMPTY_PATH);
  }

  /// The status of a name in a directory, not following a link.
  public FileStatus status(int directoryFd, byte[] name) throws PosixException {
    return statx(directoryFd, name, AT_SYMLINK_NOFOLLOW);
  }

  /// The target of a link: 1 to 4095 bytes.
  public byte[] readlinkat(int directoryFd, byte[] name) throws PosixException {
    long length =
        check(
            "readlink",
            SystemCalls.readlinkat(capture, directoryFd, cString(name), buffer, PATH_MAX));
    return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /// All entries of an open directory but `.` and `..`, in the order of the filesystem.
  public List<DirectoryEntry> entries(int directoryFd) throws PosixException {
    List<DirectoryEntry> entries = new ArrayList<>();
    while (true) {
      long lengthBytes =
          check(
              "getdents64",
              SystemCalls.getdents64(capture, directoryFd, buffer, DIRENT_BUFFER_BYTES));
      if (lengthBytes == 0) {
        return entries;
      }
      addEntries(lengthBytes, entries);
    }
  }

  /// | offset of dirent64 | size | field |
  /// |---|---|---|
  /// | 16 | 2 | reclen |
  /// | 18 | 1 | type |
  /// | 19 | | name, ended by NUL |
  private void addEntries(long lengthBytes, List<DirectoryEntry> entries) {
    for (long offset = 0; offset < lengthBytes; ) {
      int recordBytes =
          Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset + 16));
      int type = buffer.get(ValueLayout.JAVA_BYTE, offset + 18);
      byte[] name = nameAt(offset + DIRENT_NAME_OFFSET);
      if (!isDotOrDotDot(name)) {
        entries.add(new DirectoryEntry(name, FileKind.ofType(type)));
      }
      offset += recordBytes;
    }
  }

  private byte[] nameAt(long offset) {
    long end = offset;
    while (buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return buffer.asSlice(offset, end - offset).toArray(ValueLayout.JAVA_BYTE);
  }

  private static boolean isDotOrDotDot(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  /// | offset of statx | size | field |
  /// |---|---|---|
  /// | 28 | 2 | mode |
  /// | 32 | 8 | ino |
  /// | 40 | 8 | size |
  /// | 136 | 4 | dev_major |
  /// | 140 | 4 | dev_minor |
  private FileStatus statx(int directoryFd, byte[] name, int flags) throws PosixException {
    check(
        "stat",
        SystemCalls.statx(capture, directoryFd, cString(name), flags, STATX_BASIC_STATS, statx));
    long device =
        ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32) | statx.get(ValueLayout.JAVA_INT, 140);
    return new FileStatus(
        Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, 28)),
        statx.get(ValueLayout.JAVA_LONG, 40),
        statx.get(ValueLayout.JAVA_LONG, 32),
        device);
  }

  /// Makes durable all that was written to the filesystem of a descriptor, by anybody.
  public void syncfs(int fd) throws PosixException {
    check("syncfs", SystemCalls.syncfs(capture, fd));
  }

  /// Makes sure that the first bytes of a file have their place on the disk. What is there stays as it is.
  ///
  /// @return false where the filesystem cannot do that
  public boolean reserve(int fd, long sizeBytes) throws PosixException {
    while (SystemCalls.fallocate(capture, fd, 0, 0, sizeBytes) < 0) {
      int errno = errno();
      if (errno == PosixException.EOPNOTSUPP) {
        return false;
      }
      if (errno != PosixException.EINTR) {
        throw failure("fallocate");
      }
    }
    return true;
  }

  private MemorySegment cString(byte[] name) throws PosixException {
    if (name.length >= PATH_MAX) {
      throw new PosixException(
          "path of " + name.length + " bytes", PosixException.ENAMETOOLONG, "File name too long");
    }
    MemorySegment.copy(name, 0, path, ValueLayout.JAVA_BYTE, 0, name.length);
    path.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
    return path;
  }

  private long check(String call, long result) throws PosixException {
    if (result < 0) {
      throw failure(call);
    }
    return result;
  }

  private int errno() {
    return SystemCalls.errno(capture);
  }

  private PosixException failure(String call) {
    int errno = errno();
    return new PosixException(call, errno, SystemCalls.words(errno));
  }
}
