package io.github.storeproof.model;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// BLAKE3 of bytes that come bit by bit, together with their [Outboard]. *Confined*.
public final class OutboardHasher {
  private final ChunkKernel kernel = new ChunkKernel();
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private final byte[] group = new byte[Outboard.GROUP_BYTES];
  private int groupBytes;
  private long groupCount;

  /// A hasher of no bytes yet.
  public OutboardHasher() {}

  /// Adds bytes to the input.
  public OutboardHasher update(MemorySegment bytes) {
    for (long done = 0; done < bytes.byteSize(); ) {
      if (groupBytes == group.length) {
        endGroup();
      }
      int count = (int) Math.min(group.length - groupBytes, bytes.byteSize() - done);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, done, group, groupBytes, count);
      groupBytes += count;
      done += count;
    }
    return this;
  }

  private void endGroup() {
    values.writeBytes(Outboard.valueOf(kernel, groupCount, group, 0, groupBytes));
    groupCount++;
    groupBytes = 0;
  }

  /// The digest and the outboard of all bytes. What is added after it is another input.
  public Hashed finish() {
    if (groupCount == 0) {
      B3Digest digest = new Blake3(kernel).update(group, 0, groupBytes).digest();
      groupBytes = 0;
      return new Hashed(digest, Outboard.of(new byte[0]));
    }
    // The last group is never empty: one that is full waits for the next byte.
    endGroup();
    Outboard outboard = Outboard.of(values.toByteArray());
    values.reset();
    groupCount = 0;
    return new Hashed(outboard.root(), outboard);
  }

  /// What was computed of the bytes.
  public record Hashed(B3Digest digest, Outboard outboard) {}
}
