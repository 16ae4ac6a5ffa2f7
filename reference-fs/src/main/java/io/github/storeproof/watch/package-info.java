/// Who wants to know what a process is asked, and how it ends: [io.github.storeproof.metrics] and
/// [io.github.storeproof.tracing].
///
/// [io.github.storeproof.watch.WatchedOperations] tells an [io.github.storeproof.watch.OperationWatch] of a filesystem's
/// operations, [io.github.storeproof.watch.WatchedCalls] a [io.github.storeproof.watch.CallWatch] of gRPC calls.
@NullMarked
package io.github.storeproof.watch;

import org.jspecify.annotations.NullMarked;
