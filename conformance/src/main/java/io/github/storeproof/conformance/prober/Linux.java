package io.github.storeproof.conformance.prober;

/// Constants of the kernel's interface, by their names in C; made for static import. Sources: `fcntl.h`, `stat.h`, `linux/stat.h` and the man-pages.
public final class Linux {
  private Linux() {}

  // open(2) flags, in the numbers of x86-64 on every machine.
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_ACCMODE = 3;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_NOCTTY = 0400;
  public static final int O_TRUNC = 01000;
  public static final int O_APPEND = 02000;
  public static final int O_NONBLOCK = 04000;
  public static final int O_DSYNC = 010000;
  public static final int O_DIRECT = 040000;
  public static final int O_LARGEFILE = 0100000;
  public static final int O_DIRECTORY = 0200000;
  public static final int O_NOFOLLOW = 0400000;
  public static final int O_NOATIME = 01000000;
  public static final int O_CLOEXEC = 02000000;
  public static final int O_SYNC = 04010000;
  public static final int O_PATH = 010000000;
  public static final int O_TMPFILE = 020200000;

  // *at calls.
  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_EACCESS = 0x200;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_NO_AUTOMOUNT = 0x800;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final int AT_STATX_FORCE_SYNC = 0x2000;
  public static final int AT_STATX_DONT_SYNC = 0x4000;

  // openat2 resolve flags.
  public static final int RESOLVE_NO_XDEV = 0x01;
  public static final int RESOLVE_NO_MAGICLINKS = 0x02;
  public static final int RESOLVE_NO_SYMLINKS = 0x04;
  public static final int RESOLVE_BENEATH = 0x08;
  public static final int RESOLVE_IN_ROOT = 0x10;
  public static final int RESOLVE_CACHED = 0x20;

  // File types in st_mode, and permission bits.
  public static final int S_IFMT = 0170000;
  public static final int S_IFSOCK = 0140000;
  public static final int S_IFLNK = 0120000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFBLK = 060000;
  public static final int S_IFDIR = 040000;
  public static final int S_IFCHR = 020000;
  public static final int S_IFIFO = 010000;
  public static final int S_ISUID = 04000;
  public static final int S_ISGID = 02000;
  public static final int S_ISVTX = 01000;

  // d_type.
  public static final int DT_UNKNOWN = 0;
  public static final int DT_FIFO = 1;
  public static final int DT_CHR = 2;
  public static final int DT_DIR = 4;
  public static final int DT_BLK = 6;
  public static final int DT_REG = 8;
  public static final int DT_LNK = 10;
  public static final int DT_SOCK = 12;

  // access(2).
  public static final int F_OK = 0;
  public static final int X_OK = 1;
  public static final int W_OK = 2;
  public static final int R_OK = 4;

  // lseek(2).
  public static final int SEEK_SET = 0;
  public static final int SEEK_CUR = 1;
  public static final int SEEK_END = 2;
  public static final int SEEK_DATA = 3;
  public static final int SEEK_HOLE = 4;

  // mmap(2), madvise(2).
  public static final int PROT_NONE = 0;
  public static final int PROT_READ = 1;
  public static final int PROT_WRITE = 2;
  public static final int PROT_EXEC = 4;
  public static final int MAP_SHARED = 1;
  public static final int MAP_PRIVATE = 2;
  public static final int MAP_SHARED_VALIDATE = 3;
  public static final int MAP_FIXED = 0x10;
  public static final int MAP_ANONYMOUS = 0x20;
  public static final int MAP_POPULATE = 0x8000;
  public static final int MADV_NORMAL = 0;
  public static final int MADV_RANDOM = 1;
  public static final int MADV_SEQUENTIAL = 2;
  public static final int MADV_WILLNEED = 3;
  public static final int MADV_DONTNEED = 4;
  public static final int MADV_POPULATE_READ = 22;
  public static final int MADV_POPULATE_WRITE = 23;

  // posix_fadvise(2).
  public static final int POSIX_FADV_NORMAL = 0;
  public static final int POSIX_FADV_RANDOM = 1;
  public static final int POSIX_FADV_SEQUENTIAL = 2;
  public static final int POSIX_FADV_WILLNEED = 3;
  public static final int POSIX_FADV_DONTNEED = 4;
  public static final int POSIX_FADV_NOREUSE = 5;

  // preadv2(2).
  public static final int RWF_HIPRI = 1;
  public static final int RWF_DSYNC = 2;
  public static final int RWF_SYNC = 4;
  public static final int RWF_NOWAIT = 8;
  public static final int RWF_APPEND = 0x10;
  public static final int RWF_DONTCACHE = 0x80;

  // fallocate(2).
  public static final int FALLOC_FL_KEEP_SIZE = 1;
  public static final int FALLOC_FL_PUNCH_HOLE = 2;

  // renameat2(2).
  public static final int RENAME_NOREPLACE = 1;
  public static final int RENAME_EXCHANGE = 2;
  public static final int RENAME_WHITEOUT = 4;

  // xattr flags.
  public static final int XATTR_CREATE = 1;
  public static final int XATTR_REPLACE = 2;

  // utimensat(2).
  public static final int UTIME_NOW = 0x3fffffff;
  public static final int UTIME_OMIT = 0x3ffffffe;

  // flock(2), fcntl(2).
  public static final int LOCK_SH = 1;
  public static final int LOCK_EX = 2;
  public static final int LOCK_NB = 4;
  public static final int LOCK_UN = 8;
  public static final int F_DUPFD = 0;
  public static final int F_GETFD = 1;
  public static final int F_SETFD = 2;
  public static final int F_GETFL = 3;
  public static final int F_SETFL = 4;
  public static final int F_GETLK = 5;
  public static final int F_SETLK = 6;
  public static final int F_SETLKW = 7;
  public static final int F_OFD_GETLK = 36;
  public static final int F_OFD_SETLK = 37;
  public static final int F_RDLCK = 0;
  public static final int F_WRLCK = 1;
  public static final int F_UNLCK = 2;

  // ioctl(2).
  public static final int FS_IOC_GETFLAGS = 0x80086601;
  public static final int FS_IOC_SETFLAGS = 0x40086602;

  public static final int TCGETS = 0x5401;
  public static final int FIONREAD = 0x541b;
  public static final int FIGETBSZ = 2;

  // inotify(7), poll(2), epoll(7).
  public static final int IN_ACCESS = 1;
  public static final int IN_MODIFY = 2;
  public static final int IN_ATTRIB = 4;
  public static final int IN_ALL_EVENTS = 0xfff;
  public static final int IN_NONBLOCK = 04000;
  public static final int IN_OPEN = 0x20;
  public static final int IN_DONT_FOLLOW = 0x200_0000;
  public static final int EPOLL_CTL_ADD = 1;
  public static final int POLLIN = 1;
  public static final int POLLPRI = 2;
  public static final int POLLOUT = 4;
  public static final int POLLERR = 8;
  public static final int POLLHUP = 0x10;
  public static final int POLLNVAL = 0x20;

  // statx(2).
  public static final int STATX_TYPE = 1;
  public static final int STATX_MODE = 2;
  public static final int STATX_NLINK = 4;
  public static final int STATX_UID = 8;
  public static final int STATX_GID = 0x10;
  public static final int STATX_ATIME = 0x20;
  public static final int STATX_MTIME = 0x40;
  public static final int STATX_CTIME = 0x80;
  public static final int STATX_INO = 0x100;
  public static final int STATX_SIZE = 0x200;
  public static final int STATX_BLOCKS = 0x400;
  public static final int STATX_BASIC_STATS = 0x7ff;
  public static final int STATX_BTIME = 0x800;
  public static final int STATX_ALL = 0xfff;
  public static final int STATX_MNT_ID = 0x1000;
  public static final int STATX_RESERVED = 0x80000000;

  // statfs(2) f_flags.
  public static final int ST_RDONLY = 1;
  public static final int ST_NOSUID = 2;
  public static final int ST_NODEV = 4;
  public static final int ST_NOEXEC = 8;
  public static final int ST_NOATIME = 1024;

  // mount(2), statfs(2) f_type.
  public static final int MS_BIND = 0x1000;
  public static final int MS_REC = 0x4000;
  public static final int MS_PRIVATE = 0x40000;
  public static final long OVERLAYFS_SUPER_MAGIC = 0x794c_7630;

  // unshare(2), signals.
  public static final int CLONE_FS = 0x200;
  public static final int CLONE_NEWNS = 0x20000;
  public static final int SIGKILL = 9;
  public static final int SIGSEGV = 11;
  public static final int SIGPIPE = 13;
  public static final int SIGTERM = 15;
  public static final int SIGSTOP = 19;
  public static final int SIGCONT = 18;

  // Limits.
  public static final int NAME_MAX = 255;
  public static final int PATH_MAX = 4096;
}
