package io.github.storeproof.conformance.prober;

/// Calls that list directories.
public non-sealed interface DirectoryCalls extends Calls {
  /// `getdents64(fd, buffer, size)`, once; see [Observations#dirents].
  default Slot getdents(Operand fd, int sizeBytes) {
    return call("getdents64", fd, new Arg.Out(sizeBytes, true), Arg.num(sizeBytes));
  }

  /// getdents64 with one buffer size until it returns 0 or an error, at most `maxCalls` times; see [Observations#dirents].
  default Slot listAll(Operand fd, int bufferBytes, int maxCalls) {
    return add(new Call.ListAll(arg(fd), bufferBytes, maxCalls));
  }

  /// Opens, lists with 32 KiB buffers and closes; the slot is the listing's.
  default Slot list(String path) {
    return list(Arg.path(path));
  }

  /// Opens, lists with 32 KiB buffers and closes; the slot is the listing's.
  default Slot list(byte[] path) {
    return list(Arg.path(path));
  }

  /// Opens, lists with 32 KiB buffers and closes; the slot is the listing's. A directory that lists more than a million times is cut.
  default Slot list(Arg path) {
    Slot fd =
        call(
            "openat",
            Arg.cwd(),
            path,
            new Arg.OpenFlags(Linux.O_RDONLY | Linux.O_DIRECTORY),
            Symbols.mode(0));
    Slot listing = listAll(fd, 32_768, 1_000_000);
    call("close", fd);
    return listing;
  }

  /// `lseek(fd, offset, SEEK_SET)`: seekdir to an offset that a listing gave; 0 rewinds.
  default Slot seekdir(Operand fd, long offset) {
    return call("lseek", fd, Arg.num(offset), Symbols.whence(Linux.SEEK_SET));
  }

  /// `lseek(fd, offset, SEEK_SET)` to `d_off` of an entry, from 0, of an earlier listing: the next entry is the one after it.
  default Slot seekdirBehind(Operand fd, Slot listing, int entryIndex) {
    return call("lseek", fd, direntOffset(listing, entryIndex), Symbols.whence(Linux.SEEK_SET));
  }

  /// `lseek(fd, 0, SEEK_CUR)`: telldir.
  default Slot telldir(Operand fd) {
    return call("lseek", fd, Arg.num(0), Symbols.whence(Linux.SEEK_CUR));
  }

  /// Returns `d_off` of an entry, from 0, of an earlier listing.
  default Arg direntOffset(Slot listing, int entryIndex) {
    return new Arg.DirentOffset(reference(listing), entryIndex);
  }
}
