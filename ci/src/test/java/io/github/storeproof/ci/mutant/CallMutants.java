package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Faults in the answers to what few servers think of: locks, poll, ioctl, fsync, statx.
final class CallMutants {
  private static final long POSIX_LOCKS = 1L << 1;
  private static final long FLOCK_LOCKS = 1L << 10;
  private static final int LOCK_REPLY_BYTES = 24;
  private static final int POLL_REPLY_BYTES = 8;
  private static final int IOCTL_REPLY_BYTES = 16;
  private static final int STATX_REPLY_BYTES = 288;
  private static final int BASIC_FIELDS = 0x7ff;
  private static final int BIRTH_TIME = 0x800;

  static final List<Mutant> ALL =
      List.of(
          locks("FlocksAreNotKept", "EAGAIN", FLOCK_LOCKS, CallMutants::granted),
          locks("FlocksAreErrors", "EIO", FLOCK_LOCKS, CallMutants::failed),
          locks("ReadLocksAreRefused", "EACCES", POSIX_LOCKS, () -> refuse(Errno.EACCES)),
          locks("LocksOfOthersAreNotSeen", "F_UNLCK", POSIX_LOCKS, CallMutants::granted),
          answering(Opcode.POLL, "FilesAreNeverReady", "NTF-1", "not ready", () -> ready(0)),
          answering(Opcode.POLL, "FilesAreInError", "NTF-1", "events 0x", () -> ready(0x9)),
          answering(Opcode.POLL, "PollIsAnError", "NTF-1", "events 0x", CallMutants::failed),
          answering(
              Opcode.IOCTL,
              "EveryIoctlSucceeds",
              "IOC-1",
              "ENOTTY",
              () -> new byte[IOCTL_REPLY_BYTES]),
          answering(Opcode.IOCTL, "IoctlsAreErrors", "IOC-1", "EIO", CallMutants::failed),
          answering(Opcode.FSYNC, "FsyncIsAnError", "SYN-1", "EIO", CallMutants::failed),
          answering(
              Opcode.FSYNCDIR, "FsyncOfDirectoriesIsAnError", "SYN-1", "EIO", CallMutants::failed),
          answering(Opcode.FSYNC, "FsyncIsForWriters", "SYN-1", "EROFS", () -> refuse(Errno.EROFS)),
          answering(Opcode.FLUSH, "ClosingIsAnError", "SYN-2", "EIO", CallMutants::failed),
          statx("EveryNodeIsBornNow", "birth time", CallMutants::bornNow),
          statx("EveryNodeIsBornAtTheEpoch", "birth time", CallMutants::bornAtTheEpoch),
          statx("StatxHasAnotherSize", "stx_size", CallMutants::larger),
          statx("StatxFillsNothing", "mask", CallMutants::empty),
          answering(Opcode.STATX, "StatxIsAnError", "STX-1", "EIO", CallMutants::failed));

  private CallMutants() {}

  /// The bytes of a reply, or its errno.
  @FunctionalInterface
  private interface Reply {
    byte[] bytes() throws ErrnoException;
  }

  /// What is wrong with the fields of a statx.
  @FunctionalInterface
  private interface FieldFault {
    void spoil(ByteBuffer reply);
  }

  private static Mutant answering(
      Opcode opcode, String name, String rule, String message, Reply reply) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Answering(
                right,
                0,
                (_, asked, _, _) ->
                    asked == opcode ? Optional.of(reply.bytes()) : Optional.empty()));
  }

  private static Mutant locks(String name, String message, long flag, Reply reply) {
    return Mutant.of(
        name,
        "LCK-1",
        message,
        right ->
            new Answering(
                right,
                flag,
                (_, asked, _, _) ->
                    switch (asked) {
                      case SETLK, SETLKW -> Optional.of(reply.bytes());
                      case GETLK -> Optional.of(noLock());
                      default -> Optional.empty();
                    }));
  }

  private static Mutant statx(String name, String message, FieldFault fault) {
    return Mutant.of(
        name,
        "STX-1",
        message,
        right ->
            new Answering(
                right,
                0,
                (operations, asked, nodeId, _) -> {
                  if (asked != Opcode.STATX) {
                    return Optional.empty();
                  }
                  ByteBuffer reply = fields(operations.getattr(nodeId).attr());
                  fault.spoil(reply);
                  byte[] bytes = new byte[STATX_REPLY_BYTES];
                  reply.get(0, bytes);
                  return Optional.of(bytes);
                }));
  }

  /// `struct fuse_statx_out`; the fields of statx begin at 32.
  private static ByteBuffer fields(Attr attr) {
    ByteBuffer reply = Answering.structure(STATX_REPLY_BYTES);
    reply.putInt(32, BASIC_FIELDS).putInt(36, attr.blockSizeBytes());
    reply.putInt(48, attr.linkCount()).putInt(52, attr.uid()).putInt(56, attr.gid());
    reply.putShort(60, (short) attr.mode()).putLong(64, attr.ino());
    reply.putLong(72, attr.sizeBytes()).putLong(80, attr.blockCount());
    for (int time : new int[] {96, 128, 144}) {
      reply.putLong(time, attr.timeSeconds());
    }
    return reply;
  }

  private static void bornNow(ByteBuffer reply) {
    Instant now = Instant.now();
    reply.putInt(32, BASIC_FIELDS | BIRTH_TIME);
    reply.putLong(112, now.getEpochSecond()).putInt(120, now.getNano());
  }

  private static void bornAtTheEpoch(ByteBuffer reply) {
    reply.putInt(32, BASIC_FIELDS | BIRTH_TIME);
  }

  private static void larger(ByteBuffer reply) {
    reply.putLong(72, reply.getLong(72) + 1);
  }

  private static void empty(ByteBuffer reply) {
    reply.putInt(32, 0);
  }

  private static byte[] granted() {
    return new byte[0];
  }

  private static byte[] failed() throws ErrnoException {
    return refuse(Errno.EIO);
  }

  private static byte[] refuse(Errno errno) throws ErrnoException {
    throw new ErrnoException(errno);
  }

  private static byte[] noLock() {
    return Answering.structure(LOCK_REPLY_BYTES).putInt(16, 2).array();
  }

  private static byte[] ready(int events) {
    return Answering.structure(POLL_REPLY_BYTES).putInt(0, events).array();
  }
}
