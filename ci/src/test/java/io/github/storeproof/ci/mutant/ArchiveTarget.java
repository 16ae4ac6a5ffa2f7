package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.ArchiveCopies;
import io.github.storeproof.conformance.target.OuterCommand;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.RawBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The reference with a reader of archives that the JVM of the tests runs. *Thread-safe.*
final class ArchiveTarget extends WrappedTarget {
  private static final int TIME_OVER = 124;

  private final Supplier<ArchiveMutants.Reader> reader;

  ArchiveTarget(Mutant mutant, Supplier<ArchiveMutants.Reader> reader, SharedStore shared) {
    super(mutant, new Mutant.Wrapped(right -> right, true, 1), shared);
    this.reader = reader;
  }

  @Override
  public boolean readsArchives() {
    return true;
  }

  /// Reads on a thread of its own, which may stop.
  @Override
  public ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives, Duration limit)
      throws TargetException {
    FutureTask<ArchiveCopies> task = new FutureTask<>(() -> copies(archives));
    Thread thread = Thread.ofVirtual().start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return new ArchiveCopies(new OuterCommand(TIME_OVER, "it has not ended"), Map.of());
    } catch (ExecutionException e) {
      throw new TargetException("the reader of archives fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetException("interrupted while archives are read", e);
    }
  }

  private ArchiveCopies copies(SortedMap<String, RawBytes> archives)
      throws IOException, InterruptedException {
    ArchiveMutants.Reader one = reader.get();
    Map<String, RawBytes> copies = new TreeMap<>();
    for (Map.Entry<String, RawBytes> archive : archives.entrySet()) {
      Optional<byte[]> copy = one.copy(archive.getValue().toBytes());
      if (copy.isPresent()) {
        copies.put(archive.getKey(), RawBytes.of(copy.get()));
      }
    }
    int exit = copies.size() == archives.size() ? 0 : 2;
    return new ArchiveCopies(new OuterCommand(exit, "the reader"), copies);
  }
}
