package io.github.storeproof.posix;

/// The types of files that Linux knows, with their names for messages.
public enum FileKind {
  FIFO(1, "a fifo"),
  CHARACTER_DEVICE(2, "a character device"),
  DIRECTORY(4, "a directory"),
  BLOCK_DEVICE(6, "a block device"),
  REGULAR(8, "a regular file"),
  SYMLINK(10, "a symlink"),
  SOCKET(12, "a socket"),
  UNKNOWN(0, "a file of unknown type");

  private final int type;
  private final String words;

  FileKind(int type, String words) {
    this.type = type;
    this.words = words;
  }

  /// The kind of a `DT_` number, which is also the type bits of a mode shifted right by 12.
  static FileKind ofType(int type) {
    for (FileKind kind : values()) {
      if (kind.type == type) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /// With its article, for a sentence.
  public String words() {
    return words;
  }
}
