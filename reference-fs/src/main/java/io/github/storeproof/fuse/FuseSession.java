package io.github.storeproof.fuse;

import static java.lang.System.Logger.Level.WARNING;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentBuffer;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.InHeader;
import io.github.storeproof.fuse.wire.InitFlags;
import io.github.storeproof.fuse.wire.InitIn;
import io.github.storeproof.fuse.wire.InitOut;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.Requests;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.System.Logger;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One mount's side of the FUSE protocol: takes a request's bytes, asks the [FuseOperations], makes
/// the reply's bytes.
///
/// It answers INIT by itself, every mutation with EROFS, and what it does not know with ENOSYS,
/// which makes the kernel do without. A request that is cut, too long or nonsense is answered with
/// EINVAL or EIO, or dropped when even its header is cut: [#handle] throws nothing. *Thread-safe*;
/// each caller brings its own buffers.
public final class FuseSession {
  /// Bytes that a [ReplyBuffer] for any request needs.
  public static final int MAX_PAYLOAD_BYTES = Agreement.MAX_PAYLOAD_BYTES;

  /// Bytes of the largest request: a FORGET of many nodes fills what it gets.
  public static final int MAX_REQUEST_BYTES = 16 * 1024;

  private static final Logger LOG = System.getLogger(FuseSession.class.getName());

  private static final int NAME_MAX_BYTES = 255;
  private static final int O_ACCMODE = 3;
  private static final int O_TRUNC = 01000;
  private static final Opened NO_HANDLE =
      new Opened(0, Opened.KEEP_CACHE | Opened.CACHE_DIR | Opened.NOFLUSH);

  private final FuseOperations operations;
  private final CountDownLatch initialized = new CountDownLatch(1);
  private volatile @Nullable Agreement agreement;
  private volatile @Nullable String refusal;

  public FuseSession(FuseOperations operations) {
    this.operations = operations;
  }

  /// Waits until the kernel's INIT was answered.
  ///
  /// @return false when the time ran out
  public boolean awaitInit(Duration timeout) throws InterruptedException {
    return initialized.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Why INIT was refused, when it was.
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// Whether the request may wait for a store, and so belongs on a thread of its own.
  public boolean mayBlock(MemorySegment request) {
    if (request.byteSize() < InHeader.SIZE_BYTES) {
      return false;
    }
    Opcode opcode = InHeader.opcode(request);
    if (request.byteSize() < InHeader.SIZE_BYTES + opcode.minimumBodyBytes()) {
      return false;
    }
    long nodeId = InHeader.nodeId(request);
    return switch (opcode) {
      case READ, READDIR, READDIRPLUS, LSEEK ->
          operations.mayBlock(opcode, nodeId, Requests.handle(request));
      case LOOKUP, GETATTR, READLINK, OPEN, OPENDIR, STATFS, GETXATTR, LISTXATTR, ACCESS ->
          operations.mayBlock(opcode, nodeId, 0);
      default -> false;
    };
  }

  /// Bytes after the header that the reply to this request may have, for a buffer that fits.
  public static long replyPayloadBytes(MemorySegment request) {
    return switch (InHeader.opcode(request)) {
      case READ, READDIR, READDIRPLUS -> Math.min(Requests.sizeBytes(request), MAX_PAYLOAD_BYTES);
      case GETXATTR, LISTXATTR -> 64 * 1024;
      default -> 8 * 1024;
    };
  }

  /// Answers one request, whose bytes are exactly those of the segment. The reply is empty when the
  /// kernel waits for none.
  public void handle(MemorySegment request, ReplyBuffer reply) {
    reply.clear();
    if (request.byteSize() < InHeader.SIZE_BYTES) {
      return;
    }
    Opcode opcode = InHeader.opcode(request);
    long unique = InHeader.unique(request);
    try {
      checkLength(opcode, request);
      answer(opcode, unique, request, reply);
    } catch (ErrnoException e) {
      reply.fail(unique, e.errno());
    } catch (RuntimeException | Error e) {
      LOG.log(WARNING, "answering " + opcode + " failed, the caller sees EIO", e);
      reply.fail(unique, Errno.EIO);
    }
    if (!opcode.expectsReply()) {
      reply.clear();
    }
  }

  private static void checkLength(Opcode opcode, MemorySegment request) throws ErrnoException {
    long lengthBytes = request.byteSize();
    if (InHeader.lengthBytes(request) != lengthBytes) {
      throw new ErrnoException(Errno.EIO);
    }
    if (endOfBody(request) < InHeader.SIZE_BYTES + opcode.minimumBodyBytes()) {
      throw new ErrnoException(Errno.EINVAL);
    }
  }

  private static long endOfBody(MemorySegment request) {
    return request.byteSize() - InHeader.extensionBytes(request);
  }

  private void answer(Opcode opcode, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    if (agreement == null && opcode != Opcode.INIT && opcode.expectsReply()) {
      throw new ErrnoException(Errno.EIO);
    }
    long nodeId = InHeader.nodeId(request);
    Optional<byte[]> own =
        opcode == Opcode.INIT ? Optional.empty() : operations.answer(opcode, nodeId, request);
    if (own.isPresent()) {
      reply.succeed(unique, own.get());
    } else {
      answer(opcode, nodeId, unique, request, reply);
    }
  }

  private void answer(
      Opcode opcode, long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    switch (opcode) {
      case LOOKUP -> lookup(nodeId, unique, request, reply);
      case FORGET -> operations.forget(nodeId, Requests.forgetCount(request));
      case BATCH_FORGET -> batchForget(request);
      case GETATTR -> {
        operations.getattr(nodeId).write(reply.payload(), 0);
        reply.succeed(unique, AttrOut.SIZE_BYTES);
      }
      case READLINK -> reply.succeed(unique, operations.readlink(nodeId));
      case OPEN -> open(nodeId, unique, request, reply);
      case READ -> read(nodeId, unique, request, reply);
      case STATFS -> {
        operations.statfs(nodeId).write(reply.payload(), 0);
        reply.succeed(unique, StatFs.SIZE_BYTES);
      }
      case RELEASE -> release(nodeId, unique, request, reply);
      case GETXATTR -> getxattr(nodeId, unique, request, reply);
      case LISTXATTR ->
          xattrs(Requests.xattrSizeBytes(request), operations.listxattr(nodeId), unique, reply);
      case INIT -> init(unique, request, reply);
      case OPENDIR -> opendir(nodeId, unique, request, reply);
      case READDIR, READDIRPLUS -> list(opcode, nodeId, unique, request, reply);
      case RELEASEDIR -> releasedir(nodeId, unique, request, reply);
      case ACCESS -> access(nodeId, unique, request, reply);
      case LSEEK -> lseek(nodeId, unique, request, reply);
      case DESTROY -> reply.succeed(unique, 0);
      case INTERRUPT, NOTIFY_REPLY -> reply.clear();
      case SETATTR,
          SYMLINK,
          MKNOD,
          MKDIR,
          UNLINK,
          RMDIR,
          RENAME,
          LINK,
          WRITE,
          SETXATTR,
          REMOVEXATTR,
          CREATE,
          FALLOCATE,
          RENAME2,
          COPY_FILE_RANGE,
          COPY_FILE_RANGE_64,
          TMPFILE ->
          reply.fail(unique, Errno.EROFS);
      case FSYNC,
          FLUSH,
          FSYNCDIR,
          GETLK,
          SETLK,
          SETLKW,
          BMAP,
          IOCTL,
          POLL,
          SETUPMAPPING,
          REMOVEMAPPING,
          SYNCFS,
          STATX,
          UNKNOWN ->
          reply.fail(unique, Errno.ENOSYS);
    }
  }

  private void init(long unique, MemorySegment request, ReplyBuffer reply) throws ErrnoException {
    InitIn offer = InitIn.read(request, InHeader.SIZE_BYTES);
    try {
      Agreement agreed = Agreement.on(offer, operations.initFlags());
      agreed.reply().write(reply.payload(), 0);
      reply.succeed(unique, InitOut.SIZE_BYTES);
      if (offer.major() == Agreement.MAJOR) { // a newer kernel asks again, with our major
        agreement = agreed;
        initialized.countDown();
      }
    } catch (ErrnoException e) {
      refusal = e.getMessage();
      initialized.countDown();
      throw e;
    }
  }

  private void release(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    operations.release(nodeId, Requests.handle(request));
    reply.succeed(unique, 0);
  }

  private void releasedir(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    operations.releasedir(nodeId, Requests.handle(request));
    reply.succeed(unique, 0);
  }

  private void access(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    operations.access(nodeId, Requests.accessMask(request));
    reply.succeed(unique, 0);
  }

  private void lookup(long parentId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    byte[] name = nameAt(Requests.LOOKUP_NAME, request);
    if (name.length > NAME_MAX_BYTES) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    operations.lookup(parentId, name).write(reply.payload(), 0);
    reply.succeed(unique, Entry.SIZE_BYTES);
  }

  private void batchForget(MemorySegment request) throws ErrnoException {
    long count = Requests.batchCount(request);
    if (count > Requests.batchRoom(endOfBody(request))) {
      throw new ErrnoException(Errno.EINVAL);
    }
    for (long i = 0; i < count; i++) {
      operations.forget(Requests.batchNodeId(request, i), Requests.batchForgetCount(request, i));
    }
  }

  private void open(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    int flags = Requests.openFlags(request);
    if ((flags & (O_ACCMODE | O_TRUNC)) != 0) {
      throw new ErrnoException(Errno.EROFS);
    }
    try {
      operations.open(nodeId, flags).write(reply.payload(), 0);
    } catch (ErrnoException e) {
      withoutHandle(e, InitFlags.NO_OPEN_SUPPORT).write(reply.payload(), 0);
    }
    reply.succeed(unique, Opened.SIZE_BYTES);
  }

  private void opendir(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    try {
      operations.opendir(nodeId, Requests.openFlags(request)).write(reply.payload(), 0);
    } catch (ErrnoException e) {
      withoutHandle(e, InitFlags.NO_OPENDIR_SUPPORT).write(reply.payload(), 0);
    }
    reply.succeed(unique, Opened.SIZE_BYTES);
  }

  /// ENOSYS goes to a kernel that takes it as "never ask"; another one gets an open without a
  /// handle each time.
  private Opened withoutHandle(ErrnoException refused, long support) throws ErrnoException {
    Agreement agreed = agreement;
    if (refused.errno() != Errno.ENOSYS || agreed == null || agreed.has(support)) {
      throw refused;
    }
    return NO_HANDLE;
  }

  private void read(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    long handle = Requests.handle(request);
    long offsetBytes = Requests.offset(request);
    long sizeBytes = Requests.sizeBytes(request);
    // An answer with fewer bytes than asked for would cut the file, so no clamping.
    if (offsetBytes < 0 || sizeBytes > reply.payload().byteSize()) {
      throw new ErrnoException(Errno.EINVAL);
    }
    Optional<MemorySegment> content =
        operations.content(nodeId, handle, offsetBytes, (int) sizeBytes);
    if (content.isPresent()) {
      checkCount(content.get().byteSize(), sizeBytes);
      reply.succeed(unique, content.get());
      return;
    }
    MemorySegment into = reply.payload().asSlice(0, sizeBytes);
    int count = operations.read(nodeId, handle, offsetBytes, into);
    checkCount(count, sizeBytes);
    reply.succeed(unique, count);
  }

  private static void checkCount(long count, long sizeBytes) {
    if (count < 0 || count > sizeBytes) {
      throw new IllegalStateException(
          "read gave %d bytes, want 0 to %d".formatted(count, sizeBytes));
    }
  }

  private void list(
      Opcode opcode, long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    long handle = Requests.handle(request);
    long offset = Requests.offset(request);
    DirentBuffer listing = reply.listing();
    listing.reset(Requests.sizeBytes(request));
    if (opcode == Opcode.READDIR) {
      operations.readdir(nodeId, handle, offset, listing);
    } else {
      operations.readdirplus(nodeId, handle, offset, listing);
    }
    reply.succeed(unique, listing.usedBytes());
  }

  private void getxattr(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    byte[] value = operations.getxattr(nodeId, nameAt(Requests.XATTR_NAME, request));
    xattrs(Requests.xattrSizeBytes(request), value, unique, reply);
  }

  /// A caller with a buffer of 0 bytes learns the size; one with too small a buffer gets ERANGE.
  private static void xattrs(long bufferBytes, byte[] value, long unique, ReplyBuffer reply)
      throws ErrnoException {
    if (bufferBytes == 0) {
      reply.payload().set(JAVA_LONG_UNALIGNED, 0, 0);
      reply.payload().set(JAVA_INT_UNALIGNED, 0, value.length);
      reply.succeed(unique, 8);
    } else if (value.length > bufferBytes) {
      throw new ErrnoException(Errno.ERANGE);
    } else {
      reply.succeed(unique, value);
    }
  }

  private void lseek(long nodeId, long unique, MemorySegment request, ReplyBuffer reply)
      throws ErrnoException {
    long offsetBytes =
        operations.lseek(
            nodeId,
            Requests.handle(request),
            Requests.offset(request),
            Requests.seekWhence(request));
    reply.payload().set(JAVA_LONG_UNALIGNED, 0, offsetBytes);
    reply.succeed(unique, 8);
  }

  private static byte[] nameAt(int at, MemorySegment request) throws ErrnoException {
    byte[] name = Requests.name(request, at, endOfBody(request));
    if (name == null) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return name;
  }
}
