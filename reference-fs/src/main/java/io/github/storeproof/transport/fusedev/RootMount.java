package io.github.storeproof.transport.fusedev;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Mounted by mount(2).
///
/// The flags matter for speed as well: without `ro` each read or listing makes the kernel ask for
/// the attributes again, without `nosuid` each exec asks for an extended attribute.
record RootMount(MountPoint mountPoint, FuseDevice device) implements KernelMount {
  private static final long MS_RDONLY = 1;
  private static final long MS_NOSUID = 2;
  private static final long MS_NODEV = 4;
  private static final long MS_NOATIME = 1024;

  static RootMount of(MountOptions options) throws MountException {
    FuseDevice device = FuseDevice.open();
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      String data =
          "fd=%d,rootmode=40000,user_id=%d,group_id=%d,default_permissions%s"
              .formatted(
                  device.fd(),
                  libc.geteuid(),
                  libc.getegid(),
                  options.allowOther().orElse(true) ? ",allow_other" : "");
      int result =
          libc.mount(
              cString(arena, options.fsName()),
              Libc.cString(arena, options.mountPoint().toBytes()),
              cString(arena, "fuse." + options.fsName()),
              MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOATIME,
              cString(arena, data));
      if (result < 0) {
        device.close();
        throw new MountException(refusal(options.mountPoint(), -result));
      }
    }
    return new RootMount(options.mountPoint(), device);
  }

  @Override
  public int unmount(boolean lazily) {
    try (Arena arena = Arena.ofConfined()) {
      return -new Libc(arena)
          .umount2(Libc.cString(arena, mountPoint.toBytes()), lazily ? Libc.MNT_DETACH : 0);
    }
  }

  @Override
  public void release() {}

  private static String refusal(MountPoint mountPoint, int number) {
    if (number == Errno.EPERM.number()) {
      return "mounting on %s was refused (EPERM): root lacks CAP_SYS_ADMIN here"
          .formatted(mountPoint);
    }
    if (number == Errno.ENODEV.number()) {
      return "mounting on %s failed: the kernel has no FUSE (modprobe fuse)".formatted(mountPoint);
    }
    return "mounting on %s failed: %s".formatted(mountPoint, Errno.describe(number));
  }

  private static MemorySegment cString(Arena arena, String text) {
    return Libc.cString(arena, Program.bytes(text));
  }
}
