package io.github.storeproof.store.faulty;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// Which operation fails, counted from 1, and how. *Thread-safe.*
public final class Fault {
  /// What happens at the operation, and after it.
  public enum Kind {
    /// It fails once, as on a full disk.
    ONCE,
    /// It and all after it fail, as when the process is killed.
    FOR_EVER,
    /// Half of it happens, and all after it fail.
    CUT_SHORT
  }

  private final Kind kind;
  private final int failingOperation;
  private int operationCount;

  public Fault(Kind kind, int failingOperation) {
    this.kind = kind;
    this.failingOperation = failingOperation;
  }

  /// Whether the operation was reached.
  public synchronized boolean hasHappened() {
    return operationCount >= failingOperation;
  }

  /// Counts an operation.
  ///
  /// @return whether it is to be cut short
  synchronized boolean next() throws IOException {
    operationCount++;
    boolean isIt = operationCount == failingOperation;
    if (isIt && kind == Kind.CUT_SHORT) {
      return true;
    }
    if (isIt || (kind != Kind.ONCE && operationCount > failingOperation)) {
      throw failure();
    }
    return false;
  }

  static IOException failure() {
    return new FileSystemException("file", null, "No space left on device");
  }
}
