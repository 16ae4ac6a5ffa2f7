package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Fault;
import io.github.storeproof.ci.faulty.FaultyMain;
import io.github.storeproof.conformance.target.MountTable;
import io.github.storeproof.conformance.target.TargetException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One process for the mounts of many faults: to start one for each takes longer than to judge it. *Thread-safe.*
final class FaultyHost implements AutoCloseable {
  private static final long LOOK_NANOS = 2_000_000;
  private static final int END_SECONDS = 10;

  private final Process process;
  private final BufferedWriter orders;

  private FaultyHost(Process process) {
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts it.
  ///
  /// @param directory for the arguments of its JVM
  /// @param log takes what it says
  static FaultyHost start(Path directory, Path log) throws IOException {
    return new FaultyHost(
        new ProcessBuilder("sh", "-c", "exec " + MutantProfile.java(directory, FaultyMain.class))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  /// Mounts a tree, and waits until it is mounted.
  void mount(Fault fault, Path point, Path tree, Duration deadline) throws TargetException {
    long end = System.nanoTime() + deadline.toNanos();
    byte[] place = point.toString().getBytes(StandardCharsets.UTF_8);
    order(fault.name() + ' ' + point + ' ' + tree);
    while (MountTable.read().at(place).isEmpty()) {
      if (!process.isAlive()) {
        throw new TargetException(
            "the process of the stand-alone filesystem ended with " + process.exitValue());
      }
      if (System.nanoTime() > end) {
        throw new TargetException(
            "nothing is mounted on " + point + " after " + deadline.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private synchronized void order(String line) throws TargetException {
    try {
      orders.write(line);
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new TargetException("the process of the stand-alone filesystem has gone", e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
