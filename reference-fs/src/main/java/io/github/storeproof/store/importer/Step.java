package io.github.storeproof.store.importer;

import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkTarget;
import java.util.concurrent.Future;

/// What the walker finds, in the order of a NAR.
sealed interface Step {
  /// A directory begins.
  record Enter() implements Step {}

  /// The next node has this name in the directory that began last.
  record Name(PathComponent name) implements Step {}

  /// A file, whose content is being stored.
  record File(Future<StoredFile> stored) implements Step {}

  record Link(SymlinkTarget target) implements Step {}

  /// The directory that began last is complete.
  record Leave() implements Step {}

  /// The tree is complete.
  record End() implements Step {}

  /// The walk cannot go on; nothing comes after it.
  record Failed(Exception reason) implements Step {}
}
