package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.FuseSession;
import io.github.storeproof.fuse.KernelNotifier;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A filesystem mounted through `/dev/fuse`, answered by this process until somebody unmounts it.
///
/// [#mount] returns when the kernel and the session have agreed and lookups work. It ends by
/// [#close], by umount(8) from outside, or with the process. *Thread-safe.*
public final class Mount implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Mount.class.getName());

  private static final Duration INIT_PATIENCE = Duration.ofSeconds(10);
  private static final Duration UNMOUNT_PATIENCE = Duration.ofSeconds(3);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(1);
  private static final int READ_AHEAD_KIB = 1024;

  private final MountPoint mountPoint;
  private final KernelMount kernelMount;
  private final FuseSession session;
  private final SlowRequests slow;
  private final DeviceNotifier notifier;
  private final List<FuseDevice> devices = new ArrayList<>();
  private final List<Thread> loops = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final Thread atExit = new Thread(this::unmount, "unmount-at-exit");
  private volatile int deviceMinor = -1;
  private volatile boolean ended;

  private Mount(MountOptions options, KernelMount kernelMount, FuseOperations operations) {
    this.mountPoint = options.mountPoint();
    this.kernelMount = kernelMount;
    this.session = new FuseSession(operations);
    this.slow = new SlowRequests(session);
    this.notifier = new DeviceNotifier(kernelMount.device());
  }

  /// Mounts and begins to answer.
  ///
  /// @throws MountException when the mount point cannot be used, the kernel or `fusermount3`
  ///     refuses, or the kernel is too old; nothing stays mounted then
  public static Mount mount(MountOptions options, FuseOperations operations) throws MountException {
    Mount mount = new Mount(options, KernelMount.of(options), operations);
    try {
      mount.start(options.threadCount());
      operations.mounted(mount.notifier);
      return mount;
    } catch (MountException | RuntimeException e) {
      mount.close();
      throw e;
    }
  }

  private void start(int threadCount) throws MountException {
    Runtime.getRuntime().addShutdownHook(atExit);
    Thread first = startLoop(kernelMount.device());
    Thread.ofPlatform().daemon().name("fuse-end").start(() -> releaseAfter(first));
    awaitInit();
    for (int i = 1; i < threadCount; i++) {
      startLoop(kernelMount.device().cloned());
    }
    try (Arena arena = Arena.ofConfined()) {
      FileStatus status = FileStatus.of(new Libc(arena), arena, mountPoint.toBytes());
      if (status.errno() == 0 && status.isMountRoot()) {
        deviceMinor = status.deviceMinor();
        setReadAhead(status);
      }
    }
  }

  private Thread startLoop(FuseDevice device) {
    synchronized (devices) {
      Thread loop =
          Thread.ofPlatform()
              .daemon()
              .name("fuse-loop-" + devices.size())
              .start(new RequestLoop(session, device, slow));
      devices.add(device);
      loops.add(loop);
      return loop;
    }
  }

  private void awaitInit() throws MountException {
    try {
      if (!session.awaitInit(INIT_PATIENCE)) {
        throw new MountException(
            "the kernel sent no INIT for %s within %d s"
                .formatted(mountPoint, INIT_PATIENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountException("interrupted while mounting on %s".formatted(mountPoint));
    }
    if (session.refusal().isPresent()) {
      throw new MountException(session.refusal().get());
    }
  }

  /// The kernel reads ahead 128 KiB unless root says otherwise; 1 MiB makes reading a large file
  /// half as fast again.
  private static void setReadAhead(FileStatus status) {
    Path setting =
        Path.of(
            "/sys/class/bdi/%d:%d/read_ahead_kb"
                .formatted(status.deviceMajor(), status.deviceMinor()));
    try {
      Files.writeString(setting, Integer.toString(READ_AHEAD_KIB));
    } catch (IOException e) {
      LOG.log(DEBUG, "read-ahead stays as it is: {0}", e.toString());
    }
  }

  public MountPoint mountPoint() {
    return mountPoint;
  }

  public KernelNotifier notifier() {
    return notifier;
  }

  /// Waits until the mount has ended, whoever ended it.
  public void awaitUnmounted() throws InterruptedException {
    released.await();
  }

  /// Waits until the mount has ended.
  ///
  /// @return false when the time ran out
  public boolean awaitUnmounted(Duration timeout) throws InterruptedException {
    return released.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Has SIGTERM and SIGINT unmount; the process can then end with 0 after [#awaitUnmounted]. Who
  /// still uses the mount keeps it for a moment; a second signal takes it away at once.
  public void unmountOnSignals() {
    Signals.handle("TERM", this::signalled);
    Signals.handle("INT", this::signalled);
  }

  private void signalled() {
    if (signalled.compareAndSet(false, true)) {
      close();
    } else {
      LOG.log(INFO, "second signal: giving up requests under way on {0}", mountPoint);
      abort();
    }
  }

  /// Takes the mount out of the tree, lazily when it is in use. What has it open may go on until
  /// [#close] or the end of the process.
  public void unmount() {
    if (ended || !isOurs()) {
      return;
    }
    if (kernelMount.unmount(false) != 0) {
      kernelMount.unmount(true);
    }
  }

  /// Ends the connection without the consent of anyone: all requests fail with ECONNABORTED.
  public void abort() {
    unmount();
    if (!ended) {
      Connections.abort(deviceMinor);
    }
  }

  /// Unmounts and waits for the end; users that do not let go are cut off after 3 s.
  @Override
  public void close() {
    unmount();
    try {
      if (!awaitUnmounted(UNMOUNT_PATIENCE)) {
        LOG.log(INFO, "{0} is still in use: cutting its users off", mountPoint);
        abort();
        awaitUnmounted(UNMOUNT_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether what is mounted there is this mount; somebody may have put another one on top.
  private boolean isOurs() {
    try (Arena arena = Arena.ofConfined()) {
      FileStatus status = FileStatus.of(new Libc(arena), arena, mountPoint.toBytes());
      return deviceMinor < 0
          || (status.errno() == 0 && status.isMountRoot() && status.deviceMinor() == deviceMinor);
    }
  }

  /// The first loop's end means that all end: the kernel has let the connection go. Only then may a
  /// descriptor be closed, because its number may come to mean another file.
  private void releaseAfter(Thread first) {
    try {
      first.join();
      ended = true;
      notifier.close();
      synchronized (devices) {
        for (Thread loop : loops) {
          loop.join();
        }
        if (slow.close(STORE_PATIENCE)) {
          devices.forEach(FuseDevice::close);
        }
      }
      kernelMount.release();
      removeShutdownHook();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      released.countDown();
    }
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.log(DEBUG, "the process ends already");
    }
  }
}
