package io.github.storeproof.posix;

import java.util.Arrays;

/// A name in a directory, and of what kind it is as far as the listing says. Ordered by the names'
/// unsigned bytes. *Immutable*, as long as nobody changes the name.
public record DirectoryEntry(byte[] name, FileKind kind) implements Comparable<DirectoryEntry> {
  @Override
  public int compareTo(DirectoryEntry other) {
    return Arrays.compareUnsigned(name, other.name);
  }
}
