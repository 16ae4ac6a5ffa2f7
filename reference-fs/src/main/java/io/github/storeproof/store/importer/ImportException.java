package io.github.storeproof.store.importer;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.posix.RawPath;

/// A tree that cannot be imported: which path, and why.
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  public ImportException(RawPath path, String reason) {
    super(path + ": " + reason);
  }

  public ImportException(RawPath path, InvalidDataException cause) {
    super(path + ": " + cause.getMessage(), cause);
  }

  public ImportException(RawPath path, PosixException cause) {
    super(path + ": " + cause.getMessage(), cause);
  }
}
