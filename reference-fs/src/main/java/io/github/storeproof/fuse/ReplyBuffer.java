package io.github.storeproof.fuse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.storeproof.fuse.wire.DirentBuffer;
import io.github.storeproof.fuse.wire.OutHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The memory of one reply, used again for the next: header and payload side by side, and perhaps
/// content elsewhere.
///
/// The payload begins on a page, so that the kernel takes each of its pages once. *Confined.*
public final class ReplyBuffer {
  private static final int PAGE_BYTES = 4096;

  private final MemorySegment message;
  private final MemorySegment payload;
  private final DirentBuffer listing;
  private int lengthBytes;
  private @Nullable MemorySegment content;

  /// @param payloadBytes what the largest reply carries after its header
  public ReplyBuffer(Arena arena, long payloadBytes) {
    MemorySegment memory = arena.allocate(PAGE_BYTES + payloadBytes, PAGE_BYTES);
    this.message = memory.asSlice(PAGE_BYTES - OutHeader.SIZE_BYTES);
    this.payload = memory.asSlice(PAGE_BYTES);
    this.listing = new DirentBuffer(payload);
  }

  /// Whether there is nothing to send.
  public boolean isEmpty() {
    return lengthBytes == 0;
  }

  /// Whether the reply is a failure.
  public boolean isError() {
    return lengthBytes != 0 && OutHeader.error(message) != 0;
  }

  /// The memory whose first [#lengthBytes] are the reply, without [#content].
  public MemorySegment message() {
    return message;
  }

  public int lengthBytes() {
    return lengthBytes;
  }

  /// What follows the message in the reply, for content that needed no copy.
  public Optional<MemorySegment> content() {
    return Optional.ofNullable(content);
  }

  /// The whole reply in one array, for tests and for transports that copy.
  public byte[] toBytes() {
    int contentBytes = content == null ? 0 : (int) content.byteSize();
    byte[] bytes = new byte[lengthBytes + contentBytes];
    MemorySegment.copy(message, JAVA_BYTE, 0, bytes, 0, lengthBytes);
    if (content != null) {
      MemorySegment.copy(content, JAVA_BYTE, 0, bytes, lengthBytes, contentBytes);
    }
    return bytes;
  }

  /// Makes it the reply that a request failed.
  public void fail(long unique, Errno errno) {
    content = null;
    lengthBytes = OutHeader.SIZE_BYTES;
    OutHeader.write(message, lengthBytes, -errno.number(), unique);
  }

  /// Makes it a reply with the first `payloadBytes` of the payload.
  void succeed(long unique, long payloadBytes) {
    content = null;
    lengthBytes = OutHeader.SIZE_BYTES + (int) payloadBytes;
    OutHeader.write(message, lengthBytes, 0, unique);
  }

  /// Makes it a reply with bytes of the heap.
  void succeed(long unique, byte[] bytes) {
    MemorySegment.copy(bytes, 0, payload, JAVA_BYTE, 0, bytes.length);
    succeed(unique, bytes.length);
  }

  /// Makes it a reply with native memory that is not copied here.
  void succeed(long unique, MemorySegment content) {
    this.content = content;
    lengthBytes = OutHeader.SIZE_BYTES;
    OutHeader.write(message, OutHeader.SIZE_BYTES + (int) content.byteSize(), 0, unique);
  }

  void clear() {
    content = null;
    lengthBytes = 0;
  }

  MemorySegment payload() {
    return payload;
  }

  DirentBuffer listing() {
    return listing;
  }
}
