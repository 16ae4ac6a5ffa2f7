package io.github.storeproof.conformance.prober;

/// Calls that change names: make, link, rename and remove nodes.
public non-sealed interface NamespaceCalls extends Calls {
  /// `mkdir(path, mode)`.
  default Slot mkdir(Arg path, int mode) {
    return call("mkdirat", Arg.cwd(), path, Symbols.mode(mode));
  }

  /// `mknod(path, mode, device)`.
  default Slot mknod(Arg path, int mode, int device) {
    return call("mknodat", Arg.cwd(), path, Symbols.mode(mode), Arg.num(device));
  }

  /// `symlink(target, path)`.
  default Slot symlink(byte[] target, Arg path) {
    return call("symlinkat", Arg.raw(target), Arg.cwd(), path);
  }

  /// `linkat(AT_FDCWD, existing, AT_FDCWD, path, flags)`.
  default Slot link(Arg existing, Arg path, int flags) {
    return call("linkat", Arg.cwd(), existing, Arg.cwd(), path, Symbols.at(flags));
  }

  /// `renameat2(AT_FDCWD, from, AT_FDCWD, to, flags)`.
  default Slot rename(Arg from, Arg to, int flags) {
    return call("renameat2", Arg.cwd(), from, Arg.cwd(), to, Arg.num(flags));
  }

  /// `unlink(path)`.
  default Slot unlink(Arg path) {
    return call("unlinkat", Arg.cwd(), path, Arg.num(0));
  }

  /// `rmdir(path)`.
  default Slot rmdir(Arg path) {
    return call("unlinkat", Arg.cwd(), path, Arg.num(Linux.AT_REMOVEDIR, "AT_REMOVEDIR"));
  }

  /// `chroot(path)`, for the whole child unless a thread has left it by [#unshare]. Use it inside [CompositeCalls#onThread].
  default Slot chroot(Arg path) {
    return call("chroot", path);
  }

  /// `unshare(flags)`, for this thread. Use it inside [CompositeCalls#onThread].
  default Slot unshare(int flags) {
    return call("unshare", Symbols.unshare(flags));
  }

  /// `mount(source, target, type, flags, data)`; `data` may be empty. Use it inside [CompositeCalls#onThread] after [#unshare], so
  /// that what is mounted ends with the thread.
  default Slot mount(Arg source, String target, String type, int flags, String data) {
    return call(
        "mount",
        source,
        Arg.raw(target),
        Arg.raw(type),
        Symbols.mount(flags),
        data.isEmpty() ? Arg.nullPointer() : Arg.raw(data));
  }
}
