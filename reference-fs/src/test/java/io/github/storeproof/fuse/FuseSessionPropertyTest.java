package io.github.storeproof.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever comes in, what goes out is nothing or one well-formed reply to it.
class FuseSessionPropertyTest {
  private final FuseSession session = new FuseSession(TinyTree.sample(10));
  private final ReplyBuffer reply = new ReplyBuffer(Arena.ofAuto(), FuseSession.MAX_PAYLOAD_BYTES);

  FuseSessionPropertyTest() {
    session.handle(Request.init(7, 45, -1).toSegment(), reply);
  }

  @Property(tries = 2000)
  void randomBytesGetAWellFormedReplyOrNone(@ForAll @Size(max = 200) byte[] bytes) {
    check(bytes);
  }

  @Property(tries = 5000)
  void randomBodiesGetAWellFormedReplyOrNone(
      @ForAll @IntRange(max = 60) int opcode,
      @ForAll @IntRange(max = 12) int nodeId,
      @ForAll @Size(max = 100) byte[] body) {
    check(withBody(opcode, nodeId, body));
  }

  @Property(tries = 10_000)
  void randomFieldsGetAWellFormedReplyOrNone(
      @ForAll @IntRange(max = 60) int opcode,
      @ForAll long nodeId,
      @ForAll long first,
      @ForAll long second,
      @ForAll int third) {
    ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
    check(withBody(opcode, nodeId, body.putLong(first).putLong(second).putInt(third).array()));
  }

  private static byte[] withBody(int opcode, long nodeId, byte[] body) {
    byte[] bytes = Request.of(opcode, nodeId).zeros(body.length).toBytes();
    System.arraycopy(body, 0, bytes, 40, body.length);
    return bytes;
  }

  private void check(byte[] bytes) {
    MemorySegment request = Request.toSegment(bytes);
    boolean mayBlock = session.mayBlock(request);
    if (mayBlock) {
      return; // the file that never answers
    }
    session.handle(request, reply);
    if (bytes.length < 40) {
      assertThat(reply.isEmpty()).isTrue();
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    assertThat(reply.isEmpty()).isEqualTo(!Opcode.of(in.getInt(4)).expectsReply());
    if (!reply.isEmpty()) {
      ByteBuffer out = ByteBuffer.wrap(reply.toBytes()).order(ByteOrder.nativeOrder());
      assertThat(out.getInt(0)).isEqualTo(out.limit());
      assertThat(out.getInt(4)).isBetween(-511, 0);
      assertThat(out.getLong(8)).isEqualTo(in.getLong(8));
      assertThat(out.limit()).isLessThanOrEqualTo(16 + FuseSession.MAX_PAYLOAD_BYTES);
    }
  }
}
