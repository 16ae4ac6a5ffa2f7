package io.github.storeproof.conformance.prober;

import java.util.ArrayList;
import java.util.List;

/// Writes numbers of the kernel's interface by their names in C.
public final class Symbols {
  private static final Bits OPEN =
      new Bits()
          .add("O_TMPFILE", Linux.O_TMPFILE)
          .add("O_SYNC", Linux.O_SYNC)
          .add("O_WRONLY", Linux.O_WRONLY)
          .add("O_RDWR", Linux.O_RDWR)
          .add("O_CREAT", Linux.O_CREAT)
          .add("O_EXCL", Linux.O_EXCL)
          .add("O_NOCTTY", Linux.O_NOCTTY)
          .add("O_TRUNC", Linux.O_TRUNC)
          .add("O_APPEND", Linux.O_APPEND)
          .add("O_NONBLOCK", Linux.O_NONBLOCK)
          .add("O_DSYNC", Linux.O_DSYNC)
          .add("O_DIRECT", Linux.O_DIRECT)
          .add("O_LARGEFILE", Linux.O_LARGEFILE)
          .add("O_DIRECTORY", Linux.O_DIRECTORY)
          .add("O_NOFOLLOW", Linux.O_NOFOLLOW)
          .add("O_NOATIME", Linux.O_NOATIME)
          .add("O_CLOEXEC", Linux.O_CLOEXEC)
          .add("O_PATH", Linux.O_PATH);
  private static final Bits AT =
      new Bits()
          .add("AT_SYMLINK_NOFOLLOW", Linux.AT_SYMLINK_NOFOLLOW)
          .add("AT_SYMLINK_FOLLOW", Linux.AT_SYMLINK_FOLLOW)
          .add("AT_NO_AUTOMOUNT", Linux.AT_NO_AUTOMOUNT)
          .add("AT_EMPTY_PATH", Linux.AT_EMPTY_PATH)
          .add("AT_STATX_FORCE_SYNC", Linux.AT_STATX_FORCE_SYNC)
          .add("AT_STATX_DONT_SYNC", Linux.AT_STATX_DONT_SYNC);
  private static final Bits PROTECTION =
      new Bits()
          .add("PROT_READ", Linux.PROT_READ)
          .add("PROT_WRITE", Linux.PROT_WRITE)
          .add("PROT_EXEC", Linux.PROT_EXEC);
  private static final Bits MAP =
      new Bits()
          .add("MAP_SHARED_VALIDATE", Linux.MAP_SHARED_VALIDATE)
          .add("MAP_SHARED", Linux.MAP_SHARED)
          .add("MAP_PRIVATE", Linux.MAP_PRIVATE)
          .add("MAP_FIXED", Linux.MAP_FIXED)
          .add("MAP_ANONYMOUS", Linux.MAP_ANONYMOUS)
          .add("MAP_POPULATE", Linux.MAP_POPULATE);

  private Symbols() {}

  /// Returns open flags as C writes them: `O_RDONLY|O_DIRECTORY`.
  public static String open(int flags) {
    String text = OPEN.render(flags);
    if ((flags & Linux.O_ACCMODE) != 0) {
      return text;
    }
    return text.equals("0") ? "O_RDONLY" : "O_RDONLY|" + text;
  }

  /// Returns the flags of mmap as C writes them.
  public static String mapFlags(int flags) {
    return MAP.render(flags);
  }

  static Arg mode(int mode) {
    return new Arg.Num(mode, mode == 0 ? "" : "0" + Integer.toOctalString(mode));
  }

  static Arg at(int flags) {
    return named(flags, AT.render(flags));
  }

  static Arg faccessatFlags(int flags) {
    return named(flags, new Bits().add("AT_EACCESS", Linux.AT_EACCESS).add(AT).render(flags));
  }

  static Arg access(int mode) {
    String bits =
        new Bits()
            .add("R_OK", Linux.R_OK)
            .add("W_OK", Linux.W_OK)
            .add("X_OK", Linux.X_OK)
            .render(mode);
    return new Arg.Num(mode, mode == 0 ? "F_OK" : bits);
  }

  static Arg statx(int mask) {
    long value = mask & 0xffff_ffffL;
    return switch (mask) {
      case Linux.STATX_BASIC_STATS -> new Arg.Num(value, "STATX_BASIC_STATS");
      case Linux.STATX_ALL -> new Arg.Num(value, "STATX_ALL");
      default -> new Arg.Num(value, "0x" + Long.toHexString(value));
    };
  }

  static Arg whence(int whence) {
    return pick(whence, 0, "SEEK_SET", "SEEK_CUR", "SEEK_END", "SEEK_DATA", "SEEK_HOLE");
  }

  static Arg fadvise(int advice) {
    return pick(
        advice,
        0,
        "POSIX_FADV_NORMAL",
        "POSIX_FADV_RANDOM",
        "POSIX_FADV_SEQUENTIAL",
        "POSIX_FADV_WILLNEED",
        "POSIX_FADV_DONTNEED",
        "POSIX_FADV_NOREUSE");
  }

  static Arg madvise(int advice) {
    return advice >= Linux.MADV_POPULATE_READ
        ? pick(advice, Linux.MADV_POPULATE_READ, "MADV_POPULATE_READ", "MADV_POPULATE_WRITE")
        : pick(
            advice,
            0,
            "MADV_NORMAL",
            "MADV_RANDOM",
            "MADV_SEQUENTIAL",
            "MADV_WILLNEED",
            "MADV_DONTNEED");
  }

  static Arg rwf(int flags) {
    return named(
        flags,
        new Bits()
            .add("RWF_HIPRI", 1)
            .add("RWF_DSYNC", 2)
            .add("RWF_SYNC", 4)
            .add("RWF_NOWAIT", 8)
            .add("RWF_APPEND", 16)
            .add("RWF_DONTCACHE", 0x80)
            .render(flags));
  }

  static Arg protection(int protection) {
    return named(protection, PROTECTION.render(protection));
  }

  static Arg map(int flags) {
    return named(flags, MAP.render(flags));
  }

  static Arg flock(int operation) {
    return named(
        operation,
        new Bits()
            .add("LOCK_SH", 1)
            .add("LOCK_EX", 2)
            .add("LOCK_NB", 4)
            .add("LOCK_UN", 8)
            .render(operation));
  }

  static Arg fcntl(int command) {
    return command >= Linux.F_OFD_GETLK
        ? pick(command, Linux.F_OFD_GETLK, "F_OFD_GETLK", "F_OFD_SETLK")
        : pick(
            command,
            0,
            "F_DUPFD",
            "F_GETFD",
            "F_SETFD",
            "F_GETFL",
            "F_SETFL",
            "F_GETLK",
            "F_SETLK",
            "F_SETLKW");
  }

  static Arg ioctl(int request) {
    long value = request & 0xffff_ffffL;
    return switch (request) {
      case Linux.FS_IOC_GETFLAGS -> new Arg.Num(value, "FS_IOC_GETFLAGS");
      case Linux.FS_IOC_SETFLAGS -> new Arg.Num(value, "FS_IOC_SETFLAGS");
      case Linux.TCGETS -> new Arg.Num(value, "TCGETS");
      case Linux.FIONREAD -> new Arg.Num(value, "FIONREAD");
      case Linux.FIGETBSZ -> new Arg.Num(value, "FIGETBSZ");
      default -> new Arg.Num(value, "0x" + Long.toHexString(value));
    };
  }

  static Arg unshare(int flags) {
    return named(
        flags,
        new Bits()
            .add("CLONE_FS", Linux.CLONE_FS)
            .add("CLONE_NEWNS", Linux.CLONE_NEWNS)
            .render(flags));
  }

  static Arg mount(int flags) {
    return named(
        flags,
        new Bits()
            .add("MS_BIND", Linux.MS_BIND)
            .add("MS_REC", Linux.MS_REC)
            .add("MS_PRIVATE", Linux.MS_PRIVATE)
            .render(flags));
  }

  private static Arg pick(int value, int first, String... names) {
    int index = value - first;
    return new Arg.Num(value, index >= 0 && index < names.length ? names[index] : "");
  }

  private static Arg named(int value, String text) {
    return new Arg.Num(value, value == 0 ? "" : text);
  }

  /// Named bits; those that contain others come first.
  private static final class Bits {
    private record Bit(String name, int value) {}

    private final List<Bit> bits = new ArrayList<>();

    Bits add(String name, int value) {
      bits.add(new Bit(name, value));
      return this;
    }

    Bits add(Bits others) {
      bits.addAll(others.bits);
      return this;
    }

    String render(int flags) {
      List<String> names = new ArrayList<>();
      int rest = flags;
      for (Bit bit : bits) {
        if ((rest & bit.value) == bit.value) {
          names.add(bit.name);
          rest &= ~bit.value;
        }
      }
      if (rest != 0 || names.isEmpty()) {
        names.add(rest == 0 ? "0" : "0x" + Integer.toHexString(rest));
      }
      return String.join("|", names);
    }
  }
}
