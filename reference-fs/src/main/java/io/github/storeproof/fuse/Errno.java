package io.github.storeproof.fuse;

/// The failures that a FUSE reply can carry, with Linux' numbers for them (`asm-generic/errno.h`).
///
/// *Immutable.*
public enum Errno {
  EPERM(1),
  ENOENT(2),
  EINTR(4),
  EIO(5),
  ENXIO(6),
  E2BIG(7),
  EBADF(9),
  EAGAIN(11),
  ENOMEM(12),
  EACCES(13),
  EBUSY(16),
  EEXIST(17),
  ENODEV(19),
  ENOTDIR(20),
  EISDIR(21),
  EINVAL(22),
  EMFILE(24),
  EROFS(30),
  ERANGE(34),
  ENAMETOOLONG(36),
  ENOSYS(38),
  ENOTEMPTY(39),
  ELOOP(40),
  ENODATA(61),
  EPROTO(71),
  EOVERFLOW(75),
  EOPNOTSUPP(95),
  ECONNABORTED(103),
  ENOTCONN(107),
  ETIMEDOUT(110),
  ESTALE(116);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /// The positive number, as `errno` has it; a reply carries its negation.
  public int number() {
    return number;
  }

  /// Name and number of any errno for a message, `EIO (errno 5)`; `errno 77` for one that has no
  /// name here.
  public static String describe(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return "%s (errno %d)".formatted(errno.name(), number);
      }
    }
    return "errno " + number;
  }
}
