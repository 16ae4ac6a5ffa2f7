package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseSession;
import io.github.storeproof.fuse.TinyTree;
import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A request loop whose device is one end of a socket pair that keeps message boundaries; the test
/// is the kernel at the other end.
///
/// ```
/// 1 /           2 hello  "hello"    3 slow (its READ waits until it is interrupted)
/// ```
@Timeout(60)
class RequestLoopTest {
  private static final int SOCK_SEQPACKET = 5;
  private static final long HELLO = 2;
  private static final long SLOW = 3;

  private final Arena arena = Arena.ofConfined();
  private final Libc libc = new Libc(arena);
  private final MemorySegment buffer = arena.allocate(FuseSession.MAX_PAYLOAD_BYTES);
  private final TinyTree tree = new TinyTree();
  private final FuseSession session = new FuseSession(tree);
  private final SlowRequests slow = new SlowRequests(session);
  private int kernelFd;
  private FuseDevice device = new FuseDevice(-1);
  private Thread loop = new Thread();

  @BeforeEach
  void connect() {
    tree.file(1, "hello", new byte[] {1, 2, 3});
    tree.file(1, "slow", new byte[] {1, 2, 3});
    MemorySegment pair = arena.allocate(8, 4);
    assertThat(libc.socketpair(Libc.AF_UNIX, SOCK_SEQPACKET, pair)).isZero();
    kernelFd = pair.getAtIndex(JAVA_INT, 0);
    device = new FuseDevice(pair.getAtIndex(JAVA_INT, 1));
    loop = Thread.ofPlatform().start(new RequestLoop(session, device, slow));
    send(Opcode.INIT, 1, 0, 7, 45L << 32 | 7, 0);
    assertThat(receive().getLong(8)).isEqualTo(1);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    libc.close(kernelFd);
    loop.join();
    assertThat(slow.close(Duration.ofSeconds(10))).isTrue();
    device.close();
    arena.close();
  }

  @Test
  void answersInTurn() {
    read(10, HELLO);
    read(11, HELLO);

    assertThat(receive().getLong(8)).isEqualTo(10);
    ByteBuffer second = receive();
    assertThat(second.getLong(8)).isEqualTo(11);
    assertThat(second.slice(16, 3)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void aSlowRequestHoldsUpNobodyAndAnInterruptEndsItWithEintr() {
    read(10, SLOW);
    read(11, HELLO);
    assertThat(receive().getLong(8)).isEqualTo(11);

    interrupt(12, 10);

    ByteBuffer reply = receive();
    assertThat(reply.getLong(8)).isEqualTo(10);
    assertThat(reply.getInt(4)).isEqualTo(-Errno.EINTR.number());
  }

  @Test
  void anInterruptThatComesFirstIsNotLost() {
    interrupt(12, 10);
    read(10, SLOW);

    assertThat(receive().getInt(4)).isEqualTo(-Errno.EINTR.number());
  }

  @Test
  void moreSlowRequestsThanHaveTurnsAreAllInterrupted() {
    int count = SlowRequests.MAX_RUNNING + 50;
    for (int i = 0; i < count; i++) {
      read(1000 + i, SLOW);
    }
    read(10, HELLO);
    assertThat(receive().getLong(8)).isEqualTo(10);
    for (int i = 0; i < count; i++) {
      interrupt(5000 + i, 1000 + i);
      assertThat(receive().getInt(4)).isEqualTo(-Errno.EINTR.number());
    }
  }

  @Test
  void garbageIsAnsweredOrDroppedAndTheLoopGoesOn() {
    sendBytes(new byte[7]);
    sendBytes(new byte[39]);
    ByteBuffer nonsense = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
    nonsense.putInt(48).putInt(9999).putLong(77);
    sendBytes(nonsense.array());
    assertThat(receive().getInt(4)).isEqualTo(-Errno.ENOSYS.number());
    read(10, HELLO);
    assertThat(receive().getLong(8)).isEqualTo(10);
  }

  @Test
  void aNotificationFromWithinARequestIsRefused() {
    DeviceNotifier notifier = new DeviceNotifier(device);

    assertThatThrownBy(() ->
            RequestLoop.serving(() -> {
              notifier.nodeChanged(1);
              return null;
            }))
        .isInstanceOf(IllegalStateException.class);
  }

  private void read(long unique, long nodeId) {
    send(Opcode.READ, unique, nodeId, 0, 0, 100);
  }

  private void interrupt(long unique, long interrupted) {
    send(Opcode.INTERRUPT, unique, 0, interrupted, 0, 0);
  }

  /// A request with a body of 40 bytes or, for INIT, of its first 16.
  private void send(Opcode opcode, long unique, long nodeId, long first, long second, int third) {
    ByteBuffer request = ByteBuffer.allocate(80).order(ByteOrder.nativeOrder());
    request
        .putInt(80)
        .putInt(opcode.number())
        .putLong(unique)
        .putLong(nodeId)
        .putLong(0)
        .putLong(0);
    request.putLong(opcode == Opcode.INIT ? second : first).putLong(second).putInt(third);
    sendBytes(request.array());
  }

  private void sendBytes(byte[] bytes) {
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
    assertThat(libc.write(kernelFd, buffer, bytes.length)).isEqualTo(bytes.length);
  }

  private ByteBuffer receive() {
    long length = libc.read(kernelFd, buffer, buffer.byteSize());
    assertThat(length).isGreaterThanOrEqualTo(16);
    byte[] bytes = buffer.asSlice(0, length).toArray(JAVA_BYTE);
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
