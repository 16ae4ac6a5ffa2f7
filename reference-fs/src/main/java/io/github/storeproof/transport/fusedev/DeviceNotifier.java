package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.WARNING;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.KernelNotifier;
import io.github.storeproof.fuse.wire.Notification;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Writes notifications to the device. The kernel takes an inode's lock for them, which a request
/// under way may hold: a thread that answers requests would wait for itself, and is refused.
/// *Thread-safe.*
final class DeviceNotifier implements KernelNotifier {
  private static final Logger LOG = System.getLogger(DeviceNotifier.class.getName());

  private final FuseDevice device;
  private boolean closed;

  DeviceNotifier(FuseDevice device) {
    this.device = device;
  }

  @Override
  public void entryChanged(long parentId, byte[] name) {
    try (Arena arena = Arena.ofConfined()) {
      send(arena, Notification.invalEntry(arena, parentId, name));
    }
  }

  @Override
  public void nodeChanged(long nodeId) {
    try (Arena arena = Arena.ofConfined()) {
      send(arena, Notification.invalInode(arena, nodeId));
    }
  }

  /// After this the descriptor may be closed.
  synchronized void close() {
    closed = true;
  }

  private void send(Arena arena, MemorySegment message) {
    if (RequestLoop.isServing()) {
      throw new IllegalStateException(
          "a notification from within a request would wait for that request, want another thread");
    }
    long result = write(arena, message);
    if (result < 0 && !isExpected(-(int) result)) {
      LOG.log(WARNING, "the kernel refused a notification: {0}", Errno.describe(-(int) result));
    }
  }

  private synchronized long write(Arena arena, MemorySegment message) {
    return closed ? 0 : new Libc(arena).write(device.fd(), message, message.byteSize());
  }

  /// The kernel does not know the node or the name, or the mount has ended.
  private static boolean isExpected(int number) {
    return number == Errno.ENOENT.number()
        || number == Errno.ENOTDIR.number()
        || number == Errno.ENODEV.number()
        || number == Errno.ENOTCONN.number()
        || number == Errno.ECONNABORTED.number()
        || number == Errno.EPERM.number();
  }
}
