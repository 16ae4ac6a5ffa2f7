package io.github.storeproof.conformance.target;

/// What may lie in the way of a mount command.
public enum Obstacle {
  /// The mount point is a regular file.
  MOUNT_POINT_IS_A_FILE("a mount point that is a file"),
  /// There is nothing where the mount point should be.
  NO_MOUNT_POINT("a mount point that is missing"),
  /// A process that has died has left its socket at the path of `{socket}`.
  STALE_SOCKET("a socket that nobody listens on");

  private final String words;

  Obstacle(String words) {
    this.words = words;
  }

  /// In words, for messages.
  public String words() {
    return words;
  }
}
