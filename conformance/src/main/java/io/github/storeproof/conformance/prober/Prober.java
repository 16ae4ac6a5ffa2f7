package io.github.storeproof.conformance.prober;

import io.github.storeproof.conformance.prober.frame.Frame;
import io.github.storeproof.conformance.prober.frame.ObservationCodec;
import io.github.storeproof.conformance.prober.frame.ScriptCodec;
import io.github.storeproof.conformance.prober.host.ChildCommand;
import io.github.storeproof.conformance.prober.host.ChildProcess;
import io.github.storeproof.conformance.prober.host.ChildProcess.Message;
import io.github.storeproof.conformance.prober.host.ProgressFile;
import io.github.storeproof.conformance.prober.host.TaskDump;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A child process that makes the calls of scripts below one directory, and the way to talk to it. Thread-safe: scripts run one after the other.
///
/// After [ProberHung] or [ProberDied] the prober is dead; start another.
public final class Prober implements AutoCloseable {
  /// How many deadlines a script may take that goes on from call to call, beside a thousandth of one for each of its calls.
  public static final int MOST_DEADLINES = 6;

  private static final int PARTS_OF_A_DEADLINE_FOR_A_CALL = 1000;

  /// However many calls it makes.
  private static final int MOST_DEADLINES_OF_ALL = 24;

  private static final int LOOKS_IN_A_DEADLINE = 10;
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration DUMP_LIMIT = Duration.ofSeconds(2);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(1);

  private final ChildProcess child;
  private final ProgressFile progress;
  private final Machine machine;

  private Prober(ChildProcess child, ProgressFile progress, Machine machine) {
    this.child = child;
    this.progress = progress;
    this.machine = machine;
  }

  /// Starts a child for the directory with this absolute path, given in raw bytes. The directory is not touched before a script does it.
  ///
  /// @throws IOException if the child does not start
  public static Prober start(byte[] root) throws IOException {
    requireAbsolute(root);
    ProgressFile progress = ProgressFile.create();
    try {
      ChildProcess child = ChildProcess.start(ChildCommand.of(progress.path()));
      return new Prober(child, progress, greet(child, root));
    } catch (IOException e) {
      progress.close();
      throw e;
    } finally {
      progress.unlink();
    }
  }

  /// Makes this prober work below another directory from now on, which costs nothing; a start costs a JVM.
  public synchronized void moveTo(byte[] root) {
    requireAbsolute(root);
    child.send(new Frame(Frame.Kind.ROOT, root));
  }

  private static void requireAbsolute(byte[] root) {
    if (root.length == 0 || root[0] != '/') {
      throw new IllegalArgumentException(
          "root is \"" + Bytes.of(root) + "\", want an absolute path");
    }
  }

  private static Machine greet(ChildProcess child, byte[] root) throws IOException {
    try {
      Optional<Message> first = child.receive(START_LIMIT);
      if (first.isPresent() && first.get() instanceof Message.Received(Frame frame)) {
        byte[] hello = frame.require(Frame.Kind.HELLO);
        child.send(new Frame(Frame.Kind.ROOT, root));
        return Machine.valueOf(new DataInputStream(new ByteArrayInputStream(hello)).readUTF());
      }
      int exitCode = child.exitCode(KILL_PATIENCE);
      throw new IOException(
          "prober did not start in "
              + START_LIMIT.toSeconds()
              + " s, exit code "
              + exitCode
              + ": "
              + child.stderrTail());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the prober starts", e);
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        child.kill(KILL_PATIENCE);
      }
    }
  }

  /// Runs a script and returns what each of its calls did.
  ///
  /// Every descriptor that the script left open is closed afterwards, and the working directory restored.
  ///
  /// @param deadline how long the script may stand still: a slow machine moves from call to call, a hung one does not
  /// @throws ProberHung if it stands still for longer, or is not done within [#most]; the child is killed
  /// @throws ProberDied if the child ends
  /// @throws IllegalArgumentException if the child refuses the script: too much output, an argument without a meaning
  public synchronized Observations run(Script script, Duration deadline)
      throws ProberHung, ProberDied {
    try {
      child.send(new Frame(Frame.Kind.SCRIPT, ScriptCodec.encode(script)));
      return switch (answer(script, deadline)) {
        case Message.Received(Frame frame) -> observations(script, frame);
        case Message.Ended _ -> throw died(script);
      };
    } catch (InterruptedException e) {
      child.kill(KILL_PATIENCE);
      Thread.currentThread().interrupt();
      throw new ProberDied("interrupted script", child.exitCode(Duration.ZERO), child.stderrTail());
    } catch (IOException e) {
      child.kill(KILL_PATIENCE);
      throw new UncheckedIOException(e);
    }
  }

  /// How long a script may take that goes on from call to call: a slow machine makes many calls slowly.
  static Duration most(Duration deadline, int callCount) {
    Duration wanted =
        deadline
            .multipliedBy(MOST_DEADLINES)
            .plus(deadline.multipliedBy(callCount).dividedBy(PARTS_OF_A_DEADLINE_FOR_A_CALL));
    Duration bound = deadline.multipliedBy(MOST_DEADLINES_OF_ALL);
    return wanted.compareTo(bound) < 0 ? wanted : bound;
  }

  private Message answer(Script script, Duration deadline)
      throws ProberHung, InterruptedException, IOException {
    Duration most = most(deadline, script.calls().size());
    long start = System.nanoTime();
    long lastStep = start;
    long before = progress.steps();
    while (System.nanoTime() - lastStep < deadline.toNanos()) {
      if (System.nanoTime() - start > most.toNanos()) {
        throw hung(script, most, true);
      }
      Optional<Message> answer = child.receive(deadline.dividedBy(LOOKS_IN_A_DEADLINE));
      if (answer.isPresent()) {
        return answer.get();
      }
      long now = progress.steps();
      // No mark at all: the child is on its way to the first call, or back from the last.
      if (now != before || progress.marks().isEmpty()) {
        before = now;
        lastStep = System.nanoTime();
      }
    }
    throw hung(script, deadline, false);
  }

  private Observations observations(Script script, Frame frame) throws IOException {
    if (frame.kind() == Frame.Kind.REFUSED) {
      throw new IllegalArgumentException(
          new String(frame.payload(), StandardCharsets.UTF_8) + ", in the script\n" + script);
    }
    return ObservationCodec.decode(frame.require(Frame.Kind.OBSERVATIONS), script, machine);
  }

  private ProberHung hung(Script script, Duration limit, boolean isMoving)
      throws InterruptedException {
    List<HangReport.Position> positions = positions(script);
    List<HangReport.Task> tasks = TaskDump.of(child.pids(), DUMP_LIMIT);
    child.kill(KILL_PATIENCE);
    return new ProberHung(new HangReport(limit, isMoving, positions, tasks, child.stderrTail()));
  }

  private ProberDied died(Script script) {
    List<HangReport.Position> positions = positions(script);
    int exitCode = child.exitCode(KILL_PATIENCE);
    String where =
        positions.isEmpty()
            ? "a script of " + script.calls().size() + " calls"
            : HangReport.describe(positions);
    return new ProberDied(where, exitCode, child.stderrTail());
  }

  private List<HangReport.Position> positions(Script script) {
    return progress.marks().stream()
        .map(mark ->
            new HangReport.Position(
                mark.tid(), mark.path(), ScriptParts.describe(script, mark.path())))
        .toList();
  }

  /// Returns true while the child can run scripts.
  public boolean isAlive() {
    return child.isAlive();
  }

  /// Returns the process id of the child.
  public long pid() {
    return child.pid();
  }

  /// Ends the child; never waits longer than a second for it.
  @Override
  public synchronized void close() {
    child.kill(KILL_PATIENCE);
    try {
      progress.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
