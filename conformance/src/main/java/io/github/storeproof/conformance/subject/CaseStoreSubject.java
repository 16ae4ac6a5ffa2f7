package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.TargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// The subject of one case of store services. *Confined* to it.
final class CaseStoreSubject extends RunContext implements StoreSubject {
  private static final String UNKNOWN_SIZES =
      "the services count the sizes of directories by a rule that the kit does not know: they"
          + " refuse a tree of three levels by the rule snix and by the rule documented, see DSV-7";

  private final Session session;
  private final LiveStore store;
  private final List<StoreConnection> connections = new ArrayList<>();
  private @Nullable StoreConnection usual;

  CaseStoreSubject(Session session, String caseId) {
    super(session, caseId);
    this.session = session;
    this.store = session.sharedStore().store();
  }

  @Override
  public Dialog dialog() {
    StoreConnection connection = usual;
    if (connection == null) {
      connection = connect();
      usual = connection;
    }
    return dialog(connection);
  }

  @Override
  public Dialog newConnection() {
    return dialog(connect());
  }

  private StoreConnection connect() {
    StoreConnection connection = store.connect();
    connections.add(connection);
    return connection;
  }

  private Dialog dialog(StoreConnection connection) {
    return new Dialog(
        connection,
        store.names(),
        new Dialog.Limits() {
          @Override
          public Duration deadline() {
            return session.deadline();
          }

          @Override
          public void countHang() {
            session.countHang();
          }
        },
        method -> session.missing(method, store));
  }

  @Override
  public DirectorySizes directorySizes() {
    return features()
        .value(Feature.DIRECTORY_SIZE)
        .flatMap(DirectorySizes::ofWord)
        .or(() -> session.directorySizes(this::dialog))
        .orElseThrow(() -> new TestAbortedException(UNKNOWN_SIZES));
  }

  @Override
  public OptionalLong serverPid() {
    return store.serverPid();
  }

  @Override
  public Optional<Path> files() {
    return store.files();
  }

  @Override
  public boolean canRestart() {
    return store.canRestart();
  }

  @Override
  public void restart(Runnable between) {
    closeConnections();
    try {
      store.restart(between, session.settings().mountDeadline());
    } catch (TargetException e) {
      throw new TargetUnavailable("the services do not start again: " + e.getMessage(), e);
    }
  }

  private void closeConnections() {
    connections.forEach(StoreConnection::close);
    connections.clear();
    usual = null;
  }

  @Override
  public void close() {
    super.close();
    closeConnections();
  }
}
