package io.github.storeproof.ci.mutant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/// The regular files right in a directory, and nothing else: enough for a fixture of one large file, which no store has to
/// take in. Node id 2 is the first file that was looked up.
final class RootFiles implements FuseOperations {
  private static final int BLOCK_BYTES = 4096;

  private final Path directory;
  private final LongUnaryOperator offsets;
  private final UnaryOperator<Attr> attributes;
  private final List<Path> known = new CopyOnWriteArrayList<>();

  /// @param offsets what becomes of the offset of a read
  /// @param attributes what becomes of the attributes of a file
  RootFiles(Path directory, LongUnaryOperator offsets, UnaryOperator<Attr> attributes) {
    this.directory = directory;
    this.offsets = offsets;
    this.attributes = attributes;
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return false;
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    Path file = directory.resolve(new String(name, ISO_8859_1));
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ErrnoException(Errno.ENOENT);
    }
    known.add(file);
    long nodeId = known.indexOf(file) + 2L;
    return new Entry(nodeId, 0, attr(nodeId), Entry.FOREVER, Entry.FOREVER);
  }

  @Override
  public void forget(long nodeId, long lookupCount) {}

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return new AttrOut(attr(nodeId), Entry.FOREVER);
  }

  private Attr attr(long nodeId) throws ErrnoException {
    if (nodeId == ROOT_ID) {
      return Attrs.of(ROOT_ID, Attr.S_IFDIR | 0555);
    }
    try {
      long size = Files.size(file(nodeId));
      Attr file = Attrs.withSize(Attrs.of(nodeId, Attr.S_IFREG | 0444), size);
      return attributes.apply(Attrs.withBlocks(file, Attr.blocksOf(size)));
    } catch (IOException e) {
      throw new ErrnoException(Errno.EIO);
    }
  }

  private Path file(long nodeId) {
    return known.get((int) nodeId - 2);
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    long offset = offsets.applyAsLong(offsetBytes);
    if (offset < 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    ByteBuffer buffer = into.asByteBuffer();
    try (FileChannel channel = FileChannel.open(file(nodeId), StandardOpenOption.READ)) {
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
        // Goes on until the buffer is full or the file ends.
      }
      return buffer.position();
    } catch (IOException e) {
      throw new ErrnoException(Errno.EIO);
    }
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL);
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  @Override
  public void release(long nodeId, long handle) {}

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out) {}

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out) {}

  @Override
  public void releasedir(long nodeId, long handle) {}

  @Override
  public StatFs statfs(long nodeId) {
    return new StatFs(0, 0, BLOCK_BYTES, 255);
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    throw new ErrnoException(Errno.ENODATA);
  }

  @Override
  public byte[] listxattr(long nodeId) {
    return new byte[0];
  }
}
