package io.github.storeproof.conformance.prober.host;

import io.github.storeproof.conformance.prober.frame.Frame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running child and its three streams. Thread-safe; nothing here waits for ever.
///
/// The thread that starts the child also reads its frames and lives as long as it: Linux sends the parent-death signal when the *thread* that
/// started a process ends.
public final class ChildProcess {
  private static final int STDERR_TAIL_BYTES = 16_384;

  private final Process process;
  private final BlockingQueue<Message> messages;
  private final Queue<Frame> unsent = new ArrayDeque<>();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private ChildProcess(Process process, BlockingQueue<Message> messages) {
    this.process = process;
    this.messages = messages;
    Thread.ofPlatform().daemon().name("prober stderr " + process.pid()).start(this::keepStderr);
  }

  /// What comes from the child: a frame, or the reason why there are no more.
  public sealed interface Message {
    /// A frame.
    record Received(Frame frame) implements Message {}

    /// The output ended, or was no frame.
    record Ended(String reason) implements Message {}
  }

  /// Starts a child in `/`.
  ///
  /// @throws IOException if the command cannot be started
  public static ChildProcess start(List<String> command) throws IOException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    BlockingQueue<Message> messages = new ArrayBlockingQueue<>(8);
    Thread.ofPlatform()
        .daemon()
        .name("prober")
        .start(() -> startAndRead(command, started, messages));
    try {
      return new ChildProcess(started.get(), messages);
    } catch (ExecutionException e) {
      throw new IOException("prober does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      var _ = started.thenAccept(Process::destroyForcibly);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the prober starts", e);
    }
  }

  private static void startAndRead(
      List<String> command, CompletableFuture<Process> started, BlockingQueue<Message> messages) {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
      Map<String, String> environment = builder.environment();
      environment
          .keySet()
          .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
      process = builder.start();
    } catch (IOException e) {
      started.completeExceptionally(e);
      return;
    }
    started.complete(process);
    read(process.getInputStream(), messages);
    waitFor(process);
  }

  private static void read(InputStream stream, BlockingQueue<Message> messages) {
    try {
      String end = "its output ended";
      try {
        InputStream in = new BufferedInputStream(stream);
        for (Optional<Frame> frame = Frame.readFrom(in);
            frame.isPresent();
            frame = Frame.readFrom(in)) {
          messages.put(new Message.Received(frame.get()));
        }
      } catch (IOException e) {
        end = "its output is broken: " + e.getMessage();
      }
      messages.put(new Message.Ended(end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitFor(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends a frame without waiting, after all that were sent before: a child that does not read is found by the deadline of its answer.
  public void send(Frame frame) {
    synchronized (unsent) {
      unsent.add(frame);
      if (unsent.size() == 1) {
        Thread.ofVirtual().start(this::writeUnsent);
      }
    }
  }

  private void writeUnsent() {
    for (Frame frame = firstUnsent(); frame != null; frame = nextUnsent()) {
      try {
        frame.writeTo(process.getOutputStream());
      } catch (IOException e) {
        // The child is gone; the end of its output says so.
      }
    }
  }

  private @Nullable Frame firstUnsent() {
    synchronized (unsent) {
      return unsent.peek();
    }
  }

  /// The frame that was being written stays in the queue until now, so that only one thread writes.
  private @Nullable Frame nextUnsent() {
    synchronized (unsent) {
      unsent.remove();
      return unsent.peek();
    }
  }

  /// Returns the next message, or nothing when none comes in time.
  public Optional<Message> receive(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(messages.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  /// Returns the process id.
  public long pid() {
    return process.pid();
  }

  /// Returns true while the process exists.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Returns the process ids of the child and of all that it started.
  public List<Long> pids() {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    process.descendants().forEach(descendant -> pids.add(descendant.pid()));
    return pids;
  }

  /// Sends SIGKILL to the child and to all that it started, and waits at most `patience` for the child's end.
  public void kill(Duration patience) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    exitCode(patience);
  }

  /// Returns how the child ended, 128 + N for signal N, or -1 if it does not end within the time.
  public int exitCode(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /// Returns the last of what the child wrote to its standard error.
  public String stderrTail() {
    synchronized (stderr) {
      byte[] bytes = stderr.toByteArray();
      int from = Math.max(0, bytes.length - STDERR_TAIL_BYTES);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
  }

  private void keepStderr() {
    byte[] buffer = new byte[4096];
    try {
      InputStream in = process.getErrorStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException e) {
      keep(new byte[0], 0);
    }
  }

  private void keep(byte[] buffer, int count) {
    synchronized (stderr) {
      stderr.write(buffer, 0, count);
      if (stderr.size() > 4 * STDERR_TAIL_BYTES) {
        byte[] all = stderr.toByteArray();
        stderr.reset();
        stderr.write(all, all.length - STDERR_TAIL_BYTES, STDERR_TAIL_BYTES);
      }
    }
  }
}
