package io.github.storeproof.posix;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A name in a directory, and of what kind it is as far as the listing says.
///
/// *Immutable*, as long as nobody writes to the name; ordered by the names' unsigned bytes.
public final class DirectoryEntry implements Comparable<DirectoryEntry> {
  private final byte[] name;
  private final FileKind kind;

  DirectoryEntry(byte[] name, FileKind kind) {
    this.name = name;
    this.kind = kind;
  }

  /// The bytes of the name, not a copy: a walk asks for each of them several times.
  public byte[] name() {
    return name;
  }

  /// [FileKind#UNKNOWN] when the filesystem's listings do not tell.
  public FileKind kind() {
    return kind;
  }

  @Override
  public int compareTo(DirectoryEntry other) {
    return Arrays.compareUnsigned(name, other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DirectoryEntry entry && Arrays.equals(name, entry.name);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(name);
  }
}
