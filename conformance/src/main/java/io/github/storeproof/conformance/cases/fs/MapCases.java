package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EFAULT;
import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.Arrays;

/// mmap of files: the bytes of the content, and zeros behind them to the end of the page.
public final class MapCases {
  private static final int PAGE_BYTES = 4096;
  private static final long LARGEST_BYTES = 2 << 20;

  @Checks("READ-6")
  void privateMappingsShowTheContent(Subject subject) {
    Everywhere.look(
        subject, MapCases::isMappable, (trial, entry) -> wantMapped(trial, entry, MAP_PRIVATE));
  }

  @Checks("READ-6")
  @Should
  void sharedMappingsShowTheContent(Subject subject) {
    Everywhere.look(
        subject, MapCases::isMappable, (trial, entry) -> wantMapped(trial, entry, MAP_SHARED));
  }

  @Checks("READ-6")
  void partsOfFilesCanBeMapped(Subject subject) {
    Everywhere.look(
        subject,
        entry -> isMappable(entry) && Files.content(entry).size() > PAGE_BYTES,
        (trial, entry) -> {
          Content content = Files.content(entry);
          Slot fd = coldOpen(trial, entry);
          long last = (content.size() - 1) / PAGE_BYTES * PAGE_BYTES;
          for (long offset : new long[] {PAGE_BYTES, last / PAGE_BYTES / 2 * PAGE_BYTES, last}) {
            Slot mapped = trial.calls().mapRead(fd, PAGE_BYTES, offset, MAP_PRIVATE);
            trial.want(
                mapped,
                Allowed.bytes(Arrays.copyOf(content.slice(offset, PAGE_BYTES), PAGE_BYTES)));
          }
          trial.calls().close(fd);
        });
  }

  @Checks("READ-6")
  void behindTheLastPageThereIsNoMemory(Subject subject) {
    Everywhere.look(
        subject,
        entry ->
            entry.tree() instanceof Tree.File(var content, _) && content.size() < 3 * PAGE_BYTES,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          trial.want(trial.calls().mapRead(fd, 0, 0, MAP_PRIVATE), Allowed.errno(EINVAL));
          int pages = pagesOf(Files.content(entry).size());
          Slot mapped = trial.calls().mapRead(fd, (pages + 1) * PAGE_BYTES, 0, MAP_PRIVATE);
          trial.want(
              mapped,
              Allowed.errno(EFAULT)
                  .seenAs(o -> o.ok() ? "memory without SIGBUS" : Allowed.outcome(o)));
          trial.calls().close(fd);
        });
  }

  private static void wantMapped(Trial trial, FixtureEntry entry, int flags) {
    Content content = Files.content(entry);
    int length = pagesOf(content.size()) * PAGE_BYTES;
    Slot fd = coldOpen(trial, entry);
    Slot mapped = trial.calls().mapRead(fd, length, 0, flags);
    trial.want(mapped, Allowed.bytes(Arrays.copyOf(content.slice(0, length), length)));
    trial.calls().close(fd);
  }

  private static Slot coldOpen(Trial trial, FixtureEntry entry) {
    Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
    trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return fd;
  }

  private static int pagesOf(long sizeBytes) {
    return (int) ((sizeBytes + PAGE_BYTES - 1) / PAGE_BYTES);
  }

  private static boolean isMappable(FixtureEntry entry) {
    return entry.tree() instanceof Tree.File(var content, _)
        && content.size() > 0
        && content.size() <= LARGEST_BYTES;
  }
}
