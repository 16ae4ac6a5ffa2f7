package io.github.storeproof.watch;

import java.util.Locale;

/// What a filesystem is asked and an [OperationWatch] is told of. What the kernel only forgets or releases is not among them.
public enum FuseOperation {
  LOOKUP,
  GETATTR,
  READLINK,
  OPEN,
  READ,
  OPENDIR,
  READDIR,
  READDIRPLUS,
  STATFS,
  GETXATTR,
  LISTXATTR,
  ACCESS,
  LSEEK;

  private final String label = name().toLowerCase(Locale.ROOT);

  /// The name in metrics and traces: `readdirplus`.
  public String label() {
    return label;
  }
}
