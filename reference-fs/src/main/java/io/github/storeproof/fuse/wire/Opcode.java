package io.github.storeproof.fuse.wire;

/// The requests of the FUSE protocol (`enum fuse_opcode` of `linux/fuse.h`, 7.45).
public enum Opcode {
  LOOKUP(1),
  FORGET(2),
  GETATTR(3),
  SETATTR(4),
  READLINK(5),
  SYMLINK(6),
  MKNOD(8),
  MKDIR(9),
  UNLINK(10),
  RMDIR(11),
  RENAME(12),
  LINK(13),
  OPEN(14),
  READ(15),
  WRITE(16),
  STATFS(17),
  RELEASE(18),
  FSYNC(20),
  SETXATTR(21),
  GETXATTR(22),
  LISTXATTR(23),
  REMOVEXATTR(24),
  FLUSH(25),
  INIT(26),
  OPENDIR(27),
  READDIR(28),
  RELEASEDIR(29),
  FSYNCDIR(30),
  GETLK(31),
  SETLK(32),
  SETLKW(33),
  ACCESS(34),
  CREATE(35),
  INTERRUPT(36),
  BMAP(37),
  DESTROY(38),
  IOCTL(39),
  POLL(40),
  NOTIFY_REPLY(41),
  BATCH_FORGET(42),
  FALLOCATE(43),
  READDIRPLUS(44),
  RENAME2(45),
  LSEEK(46),
  COPY_FILE_RANGE(47),
  SETUPMAPPING(48),
  REMOVEMAPPING(49),
  SYNCFS(50),
  TMPFILE(51),
  STATX(52),
  COPY_FILE_RANGE_64(53),
  /// A request that this protocol version does not know.
  UNKNOWN(0);

  private static final Opcode[] BY_NUMBER = byNumber();

  private final int number;

  Opcode(int number) {
    this.number = number;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }

  /// The opcode of a number from the wire; [#UNKNOWN] for one without a meaning here.
  public static Opcode of(int number) {
    return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  private static Opcode[] byNumber() {
    Opcode[] table = new Opcode[COPY_FILE_RANGE_64.number + 1];
    java.util.Arrays.fill(table, UNKNOWN);
    for (Opcode opcode : values()) {
      table[opcode.number] = opcode;
    }
    return table;
  }
}
