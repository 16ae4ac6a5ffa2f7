package io.github.storeproof.conformance.prober;

/// Calls on extended attributes. A size of 0 asks for the length.
public non-sealed interface XattrCalls extends Calls {
  /// `getxattr(path, name, buffer, size)`.
  default Slot getxattr(String path, String name, int sizeBytes) {
    return getxattr(Arg.path(path), name, sizeBytes);
  }

  /// `getxattr(path, name, buffer, size)`.
  default Slot getxattr(byte[] path, String name, int sizeBytes) {
    return getxattr(Arg.path(path), name, sizeBytes);
  }

  /// `getxattr(path, name, buffer, size)`.
  default Slot getxattr(Arg path, String name, int sizeBytes) {
    return call("getxattr", path, Arg.raw(name), buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `lgetxattr(path, name, buffer, size)`: does not follow a link.
  default Slot lgetxattr(Arg path, String name, int sizeBytes) {
    return call("lgetxattr", path, Arg.raw(name), buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `fgetxattr(fd, name, buffer, size)`.
  default Slot fgetxattr(Operand fd, String name, int sizeBytes) {
    return call("fgetxattr", fd, Arg.raw(name), buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `listxattr(path, buffer, size)`; the output is the names, each with a NUL.
  default Slot listxattr(String path, int sizeBytes) {
    return listxattr(Arg.path(path), sizeBytes);
  }

  /// `listxattr(path, buffer, size)`; the output is the names, each with a NUL.
  default Slot listxattr(byte[] path, int sizeBytes) {
    return listxattr(Arg.path(path), sizeBytes);
  }

  /// `listxattr(path, buffer, size)`; the output is the names, each with a NUL.
  default Slot listxattr(Arg path, int sizeBytes) {
    return call("listxattr", path, buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `llistxattr(path, buffer, size)`: does not follow a link.
  default Slot llistxattr(Arg path, int sizeBytes) {
    return call("llistxattr", path, buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `flistxattr(fd, buffer, size)`.
  default Slot flistxattr(Operand fd, int sizeBytes) {
    return call("flistxattr", fd, buffer(sizeBytes), Arg.num(sizeBytes));
  }

  /// `setxattr(path, name, value, flags)`.
  default Slot setxattr(Arg path, String name, byte[] value, int flags) {
    return call(
        "setxattr",
        path,
        Arg.raw(name),
        new Arg.In(Bytes.of(value)),
        Arg.num(value.length),
        Arg.num(flags));
  }

  /// `lsetxattr(path, name, value, flags)`: does not follow a link.
  default Slot lsetxattr(Arg path, String name, byte[] value, int flags) {
    return call(
        "lsetxattr",
        path,
        Arg.raw(name),
        new Arg.In(Bytes.of(value)),
        Arg.num(value.length),
        Arg.num(flags));
  }

  /// `fsetxattr(fd, name, value, flags)`.
  default Slot fsetxattr(Operand fd, String name, byte[] value, int flags) {
    return call(
        "fsetxattr",
        fd,
        Arg.raw(name),
        new Arg.In(Bytes.of(value)),
        Arg.num(value.length),
        Arg.num(flags));
  }

  /// `removexattr(path, name)`.
  default Slot removexattr(Arg path, String name) {
    return call("removexattr", path, Arg.raw(name));
  }

  private static Arg buffer(int sizeBytes) {
    return sizeBytes == 0 ? Arg.nullPointer() : new Arg.Out(sizeBytes, true);
  }
}
