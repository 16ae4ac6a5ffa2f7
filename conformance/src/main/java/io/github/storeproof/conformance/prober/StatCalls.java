package io.github.storeproof.conformance.prober;

/// Calls that ask about nodes: attributes, link targets, access, the filesystem, the working directory.
public non-sealed interface StatCalls extends Calls {
  /// `stat(path)`: follows links; see [Observations#stat].
  default Slot stat(String path) {
    return fstatat(Arg.cwd(), Arg.path(path), 0);
  }

  /// `stat(path)`: follows links; see [Observations#stat].
  default Slot stat(byte[] path) {
    return fstatat(Arg.cwd(), Arg.path(path), 0);
  }

  /// `lstat(path)`; see [Observations#stat].
  default Slot lstat(String path) {
    return lstat(Arg.path(path));
  }

  /// `lstat(path)`; see [Observations#stat].
  default Slot lstat(byte[] path) {
    return lstat(Arg.path(path));
  }

  /// `lstat(path)`; see [Observations#stat].
  default Slot lstat(Arg path) {
    return fstatat(Arg.cwd(), path, Linux.AT_SYMLINK_NOFOLLOW);
  }

  /// `fstatat(dir, path, flags)`.
  default Slot fstatat(Operand dir, Arg path, int flags) {
    return call("newfstatat", dir, path, new Arg.Out(Layouts.STAT_BYTES, false), Symbols.at(flags));
  }

  /// `fstat(fd)`.
  default Slot fstat(Operand fd) {
    return call("fstat", fd, new Arg.Out(Layouts.STAT_BYTES, false));
  }

  /// `statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, mask)`; see [Observations#statx].
  default Slot statx(String path, int mask) {
    return statx(Arg.cwd(), Arg.path(path), Linux.AT_SYMLINK_NOFOLLOW, mask);
  }

  /// `statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, mask)`; see [Observations#statx].
  default Slot statx(byte[] path, int mask) {
    return statx(Arg.cwd(), Arg.path(path), Linux.AT_SYMLINK_NOFOLLOW, mask);
  }

  /// `statx(dir, path, flags, mask)`; see [Observations#statx].
  default Slot statx(Operand dir, Arg path, int flags, int mask) {
    return call(
        "statx",
        dir,
        path,
        Symbols.at(flags),
        Symbols.statx(mask),
        new Arg.Out(Layouts.STATX_BYTES, false));
  }

  /// `readlink(path, buffer, 4096)`; the output is the target.
  default Slot readlink(String path) {
    return readlinkat(Arg.cwd(), Arg.path(path), Linux.PATH_MAX);
  }

  /// `readlink(path, buffer, 4096)`; the output is the target.
  default Slot readlink(byte[] path) {
    return readlinkat(Arg.cwd(), Arg.path(path), Linux.PATH_MAX);
  }

  /// `readlinkat(dir, path, buffer, size)`.
  default Slot readlinkat(Operand dir, Arg path, int sizeBytes) {
    return call("readlinkat", dir, path, new Arg.Out(sizeBytes, true), Arg.num(sizeBytes));
  }

  /// `access(path, mode)`: faccessat as the kernel has it, without flags.
  default Slot access(String path, int mode) {
    return faccessat(Arg.cwd(), Arg.path(path), mode);
  }

  /// `access(path, mode)`: faccessat as the kernel has it, without flags.
  default Slot access(byte[] path, int mode) {
    return faccessat(Arg.cwd(), Arg.path(path), mode);
  }

  /// `faccessat(dir, path, mode)`.
  default Slot faccessat(Operand dir, Arg path, int mode) {
    return call("faccessat", dir, path, Symbols.access(mode));
  }

  /// `faccessat2(dir, path, mode, flags)`.
  default Slot faccessat2(Operand dir, Arg path, int mode, int flags) {
    return call("faccessat2", dir, path, Symbols.access(mode), Symbols.faccessatFlags(flags));
  }

  /// `statfs(path)`; see [Observations#statfs].
  default Slot statfs(String path) {
    return statfs(Arg.path(path));
  }

  /// `statfs(path)`; see [Observations#statfs].
  default Slot statfs(Arg path) {
    return call("statfs", path, new Arg.Out(Layouts.STATFS_BYTES, false));
  }

  /// `fstatfs(fd)`; see [Observations#statfs].
  default Slot fstatfs(Operand fd) {
    return call("fstatfs", fd, new Arg.Out(Layouts.STATFS_BYTES, false));
  }

  /// `chdir(path)`, for the whole child until the script ends.
  default Slot chdir(String path) {
    return chdir(Arg.path(path));
  }

  /// `chdir(path)`, for the whole child until the script ends.
  default Slot chdir(byte[] path) {
    return chdir(Arg.path(path));
  }

  /// `chdir(path)`, for the whole child until the script ends.
  default Slot chdir(Arg path) {
    return call("chdir", path);
  }

  /// `fchdir(fd)`, for the whole child until the script ends.
  default Slot fchdir(Operand fd) {
    return call("fchdir", fd);
  }

  /// `getcwd(buffer, size)`; the output is the path with its NUL, as the kernel gives it; see [Observation#text].
  default Slot getcwd() {
    return call("getcwd", new Arg.Out(Linux.PATH_MAX, true), Arg.num(Linux.PATH_MAX));
  }

  /// Goes back to the working directory that the child started in.
  default Slot restoreCwd() {
    return add(new Call.RestoreCwd());
  }
}
