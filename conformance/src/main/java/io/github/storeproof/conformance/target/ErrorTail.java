package io.github.storeproof.conformance.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines that a process wrote. A thread of its own reads them as long as somebody writes.
/// *Thread-safe.*
final class ErrorTail {
  private static final int LINES = 200;
  private static final int LINE_CHARS = 2000;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  /// Starts to read.
  ErrorTail(InputStream stream) {
    this.reader = Thread.ofPlatform().daemon().name("error-tail").start(() -> drain(stream));
  }

  private void drain(InputStream stream) {
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(the rest could not be read: " + e.getMessage() + ")");
    }
  }

  private synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS) + "…");
  }

  /// Waits a moment for the last lines of a process that has ended.
  void settle() {
    try {
      reader.join(java.time.Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The last lines, the oldest first.
  synchronized List<String> last(int count) {
    return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
  }
}
