package io.github.storeproof.conformance;

import java.io.PrintWriter;

/// How far a run of fixtures has come: one line with a bar that is written anew on a terminal, and
/// nothing elsewhere. *Confined.*
final class PathProgress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int BAR_CHARS = 30;
  private static final long PAUSE_NANOS = 100_000_000;

  private final PrintWriter err;
  private final boolean isLive;
  private final int pathCount;
  private int done;
  private long shownNanos;

  /// @param isLive whether a person watches
  /// @param pathCount how many there will be, 1 or more
  PathProgress(PrintWriter err, boolean isLive, int pathCount) {
    this.err = err;
    this.isLive = isLive;
    this.pathCount = pathCount;
    this.shownNanos = System.nanoTime();
  }

  /// One more is there.
  void step() {
    done++;
    if (isLive && System.nanoTime() - shownNanos >= PAUSE_NANOS) {
      shownNanos = System.nanoTime();
      err.print(CLEAR_LINE + line());
      err.flush();
    }
  }

  /// The line for what is there so far.
  String line() {
    int full = (int) ((long) BAR_CHARS * done / pathCount);
    return "[%s%s] %d of %d paths"
        .formatted("=".repeat(full), " ".repeat(BAR_CHARS - full), done, pathCount);
  }

  @Override
  public void close() {
    if (isLive) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
