package io.github.storeproof.fuse;

import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds a request field by field, as the kernel lays it out; unique is 77, the caller is uid 1,
/// gid 2, pid 3.
final class Request {
  static final long UNIQUE = 77;

  private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

  private Request(int opcode, long nodeId) {
    bytes.putInt(0).putInt(opcode).putLong(UNIQUE).putLong(nodeId);
    bytes.putInt(1).putInt(2).putInt(3).putInt(0);
  }

  static Request of(Opcode opcode, long nodeId) {
    return new Request(opcode.number(), nodeId);
  }

  static Request of(int opcode, long nodeId) {
    return new Request(opcode, nodeId);
  }

  static Request init(int major, int minor, long flags) {
    Request request = of(Opcode.INIT, 0).int32(major).int32(minor).int32(1 << 20);
    return request.int32((int) flags).int32((int) (flags >>> 32)).zeros(44);
  }

  static Request read(Opcode opcode, long nodeId, long offset, int sizeBytes) {
    return of(opcode, nodeId).int64(0).int64(offset).int32(sizeBytes).int32(0).int64(0).int64(0);
  }

  Request int32(int value) {
    bytes.putInt(value);
    return this;
  }

  Request int64(long value) {
    bytes.putLong(value);
    return this;
  }

  Request zeros(int count) {
    bytes.put(new byte[count]);
    return this;
  }

  /// With the NUL that ends it.
  Request name(String latin1) {
    bytes.put(latin1.getBytes(StandardCharsets.ISO_8859_1)).put((byte) 0);
    return this;
  }

  byte[] toBytes() {
    byte[] copy = new byte[bytes.position()];
    bytes.putInt(0, copy.length);
    bytes.get(0, copy);
    return copy;
  }

  MemorySegment toSegment() {
    return toSegment(toBytes());
  }

  static MemorySegment toSegment(byte[] bytes) {
    return Arena.ofAuto().allocate(bytes.length, 8).copyFrom(MemorySegment.ofArray(bytes));
  }
}
