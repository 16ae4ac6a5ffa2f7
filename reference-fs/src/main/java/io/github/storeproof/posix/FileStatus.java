package io.github.storeproof.posix;

/// What statx(2) says of a file, as far as an import needs it. *Immutable.*
///
/// @param mode type and permission bits
/// @param device the filesystem's number
public record FileStatus(int mode, long sizeBytes, long ino, long device) {
  private static final int S_IFMT = 0170000;
  private static final int S_IXUSR = 0100;

  public FileKind kind() {
    return FileKind.ofType((mode & S_IFMT) >> 12);
  }

  /// Whether the owner may execute it: the bit that Nix looks at.
  public boolean isExecutable() {
    return (mode & S_IXUSR) != 0;
  }

  /// Whether both are of one file: the number is unique in its filesystem only.
  public boolean isSameFile(FileStatus other) {
    return ino == other.ino && device == other.device;
  }
}
