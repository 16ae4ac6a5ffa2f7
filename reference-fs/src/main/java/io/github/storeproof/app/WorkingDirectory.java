package io.github.storeproof.app;

import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.importer.ImportException;
import java.nio.charset.StandardCharsets;

/// The directory that paths of the command line are relative to, as bytes.
final class WorkingDirectory {
  private static final byte[] LINK = "/proc/self/cwd".getBytes(StandardCharsets.US_ASCII);

  private WorkingDirectory() {}

  /// The path from the root on, made by the text alone, as Nix does it.
  static RawPath absolute(RawPath path) throws ImportException {
    if (path.toBytes().length == 0) {
      throw new ImportException(path, "path is empty, want one of 1 byte at least");
    }
    try {
      RawPath here = RawPath.of(new Posix().readlinkat(Posix.AT_FDCWD, LINK));
      return path.normalized(here);
    } catch (PosixException e) {
      throw new ImportException(path, e);
    }
  }
}
