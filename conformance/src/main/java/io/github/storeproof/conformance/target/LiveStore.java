package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Store services that answer. *Thread-safe.*
public interface LiveStore extends AutoCloseable {
  /// A connection of the caller's own.
  StoreConnection connect();

  /// The package of the services.
  ServicePackage names();

  /// The process that serves them, when the kit started it and it lives.
  default OptionalLong serverPid() {
    return OptionalLong.empty();
  }

  /// The directory that they keep everything in; empty when it is not known.
  default Optional<Path> files() {
    return Optional.empty();
  }

  /// Whether somebody listens and the processes that the kit started live.
  boolean healthy();

  /// What can be said of the services without asking them.
  String diagnosis();

  /// Whether the kit has started them, and so may end them.
  default boolean canRestart() {
    return false;
  }

  /// Kills the services without a warning, lets something be done to their files, and starts them
  /// again on the same.
  ///
  /// @throws TargetException when they do not come back
  default void restart(Runnable between, Duration deadline) throws TargetException {
    throw new TargetException("the kit has not started the services");
  }

  /// Ends what the kit has started; harmless when repeated.
  @Override
  void close();
}
