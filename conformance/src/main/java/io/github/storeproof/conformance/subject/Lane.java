package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One of the lanes of a run, on which cases follow each other, with the mounts that they share. Lanes run side by side and share
/// no mount: what a case does to its mount touches the cases of its own lane only. *Thread-safe.*
public final class Lane implements AutoCloseable {
  private final Session session;
  private final SharedMount shared;
  private final Map<String, SharedMount> others = new HashMap<>();

  Lane(Session session) {
    this.session = session;
    this.shared = new SharedMount(session, session::fixture);
  }

  /// The run that the lane belongs to.
  public Session session() {
    return session;
  }

  SharedMount shared() {
    return shared;
  }

  /// The mount of a fixture of that name, which cases share.
  synchronized SharedMount shared(String name, Supplier<Fixture> fixture) {
    return others.computeIfAbsent(
        name, _ -> new SharedMount(session, () -> session.fixture(name, fixture)));
  }

  /// The holder of a mount that cases share; empty for a case's own.
  synchronized Optional<SharedMount> holderOf(LiveMount mount) {
    return Stream.concat(Stream.of(shared), others.values().stream())
        .filter(holder -> holder.is(mount))
        .findFirst();
  }

  @Override
  public void close() {
    shared.close();
    synchronized (this) {
      others.values().forEach(SharedMount::close);
    }
  }
}
