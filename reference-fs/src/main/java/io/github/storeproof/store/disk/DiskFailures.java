package io.github.storeproof.store.disk;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/// The one way from what java.nio throws to a store's failure.
public final class DiskFailures {
  private DiskFailures() {}

  /// What a failure is to whoever called the store.
  ///
  /// @param what could not be done
  public static StoreException of(String what, IOException e) {
    return new StoreException(kindOf(e), what + ": " + words(e), e);
  }

  private static StoreFailure kindOf(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return StoreFailure.INTERRUPTED;
    }
    if (e instanceof AccessDeniedException) {
      return StoreFailure.DENIED;
    }
    // There is no type for it.
    String reason = words(e);
    if (reason.contains("No space left") || reason.contains("Disk quota")) {
      return StoreFailure.FULL;
    }
    return reason.contains("Read-only file system") ? StoreFailure.DENIED : StoreFailure.IO;
  }

  private static String words(IOException e) {
    String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
    return reason == null
        ? e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage())
        : ((FileSystemException) e).getFile() + ": " + reason;
  }
}
