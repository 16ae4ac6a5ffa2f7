package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.target.ArchiveCopies;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.RawBytes;
import java.time.Duration;
import java.util.Random;
import java.util.SortedMap;
import org.opentest4j.TestAbortedException;

/// What a case knows of its run. *Confined* to the case.
abstract class RunContext implements CaseContext, AutoCloseable {
  private static final Duration ARCHIVES = Duration.ofSeconds(60);
  private static final Duration SHRINKING = Duration.ofSeconds(4);

  private final Session session;
  private final Random random;
  private long shrinkingSinceNanos;

  RunContext(Session session, String caseId) {
    this.session = session;
    this.random = new Random(session.settings().seed() * 0x9E3779B97F4A7C15L + caseId.hashCode());
  }

  @Override
  public boolean mayShrink() {
    if (shrinkingSinceNanos == 0) {
      shrinkingSinceNanos = System.nanoTime();
    }
    long limit = session.settings().patiently(SHRINKING).toNanos();
    return session.mayShrink() && System.nanoTime() - shrinkingSinceNanos < limit;
  }

  @Override
  public Features features() {
    return session.target().features();
  }

  @Override
  public long seed() {
    return session.settings().seed();
  }

  @Override
  public Random random() {
    return random;
  }

  @Override
  public int tries(int byDefault) {
    return session.settings().tries().orElse(byDefault);
  }

  @Override
  public Duration deadline() {
    return session.deadline();
  }

  @Override
  public Duration patiently(Duration usual) {
    return session.settings().patiently(usual);
  }

  @Override
  public ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives) {
    Duration limit = patiently(ARCHIVES);
    try {
      ArchiveCopies copies = session.target().copyArchives(archives, limit);
      if (copies.end().timedOut()) {
        session.countHang();
        throw new Mismatch(
                "a command that has read "
                    + archives.size()
                    + " archives within "
                    + limit.toSeconds()
                    + " s",
                copies.end().output())
            .hint("Give it the archives one by one: check --keep leaves them.");
      }
      return copies;
    } catch (TargetException e) {
      throw new TargetUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void skip(String reason) {
    throw new TestAbortedException(reason);
  }

  @Override
  public void close() {
    if (shrinkingSinceNanos != 0) {
      session.countShrinking(System.nanoTime() - shrinkingSinceNanos);
    }
  }
}
