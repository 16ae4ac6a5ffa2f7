package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.model.SizeRule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// What a case of store services looks at. *Confined* to its case.
///
/// The services may have things of other cases and of others: a case puts what it asks for, and
/// nothing that depends on the store being empty.
public interface StoreSubject extends CaseContext {
  /// A new sequence of calls, on the case's connection.
  Dialog dialog();

  /// A new sequence of calls, on a connection of its own.
  Dialog newConnection();

  /// Which sizes of directories the services take: as they claim, or else as they accept. Where that follows no rule the
  /// case is skipped, and DSV-7 fails.
  DirectorySizes directorySizes();

  /// A rule by which the services take sizes of directories.
  default SizeRule sizeRule() {
    return directorySizes().rule();
  }

  /// The process that serves, where the kit started it.
  OptionalLong serverPid();

  /// The directory that the services keep everything in, where it is known.
  Optional<Path> files();

  /// Whether the kit may end the services and start them again.
  boolean canRestart();

  /// Kills the services, lets something be done to their files, and starts them again.
  void restart(Runnable between);
}
