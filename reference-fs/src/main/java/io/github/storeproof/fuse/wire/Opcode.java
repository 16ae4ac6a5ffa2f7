package io.github.storeproof.fuse.wire;

import java.util.Arrays;

/// The requests of the FUSE protocol (`enum fuse_opcode` of `linux/fuse.h`, 7.45), with the
/// smallest body of those that are read.
public enum Opcode {
  LOOKUP(1, 2),
  FORGET(2, 8),
  GETATTR(3, 16),
  SETATTR(4),
  READLINK(5),
  SYMLINK(6),
  MKNOD(8),
  MKDIR(9),
  UNLINK(10),
  RMDIR(11),
  RENAME(12),
  LINK(13),
  OPEN(14, 8),
  READ(15, 40),
  WRITE(16),
  STATFS(17),
  RELEASE(18, 24),
  FSYNC(20),
  SETXATTR(21),
  GETXATTR(22, 10),
  LISTXATTR(23, 8),
  REMOVEXATTR(24),
  FLUSH(25),
  INIT(26, 16),
  OPENDIR(27, 8),
  READDIR(28, 40),
  RELEASEDIR(29, 24),
  FSYNCDIR(30),
  GETLK(31),
  SETLK(32),
  SETLKW(33),
  ACCESS(34, 8),
  CREATE(35),
  INTERRUPT(36, 8),
  BMAP(37),
  DESTROY(38),
  IOCTL(39),
  POLL(40),
  NOTIFY_REPLY(41),
  BATCH_FORGET(42, 8),
  FALLOCATE(43),
  READDIRPLUS(44, 40),
  RENAME2(45),
  LSEEK(46, 24),
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
  private final int minimumBodyBytes;

  Opcode(int number) {
    this(number, 0);
  }

  Opcode(int number, int minimumBodyBytes) {
    this.number = number;
    this.minimumBodyBytes = minimumBodyBytes;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }

  /// How many bytes after the header a request has at least; 0 where this side reads none of them.
  public int minimumBodyBytes() {
    return minimumBodyBytes;
  }

  /// Whether the kernel waits for a reply. One that it does not wait for, it refuses.
  public boolean expectsReply() {
    return this != FORGET && this != BATCH_FORGET && this != INTERRUPT && this != NOTIFY_REPLY;
  }

  /// The opcode of a number from the wire; [#UNKNOWN] for one without a meaning here.
  public static Opcode of(int number) {
    return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  private static Opcode[] byNumber() {
    Opcode[] table = new Opcode[COPY_FILE_RANGE_64.number + 1];
    Arrays.fill(table, UNKNOWN);
    for (Opcode opcode : values()) {
      table[opcode.number] = opcode;
    }
    return table;
  }
}
