package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.KernelNotifier;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.pathinfo.PathInfoListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells the kernel of store paths that were added: to forget that the name is missing, and the listing of the root.
///
/// The notice of a name alone is not enough: where the kernel does not know the name, it keeps the listing. And a listing that
/// was answered just before the path was there may reach the kernel's cache just after the notice, so the listing is given up
/// once more a moment later. *Thread-safe.*
final class RootNotices implements PathInfoListener {
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final KernelNotifier notifier;
  private final AtomicBoolean isOnceMoreDue = new AtomicBoolean();

  RootNotices(KernelNotifier notifier) {
    this.notifier = notifier;
  }

  @Override
  public void added(PathInfo pathInfo) {
    notifier.entryChanged(FuseOperations.ROOT_ID, RootEntry.of(pathInfo).name().toBytes());
    notifier.nodeChanged(FuseOperations.ROOT_ID);
    if (isOnceMoreDue.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::onceMore);
    }
  }

  private void onceMore() {
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      isOnceMoreDue.set(false);
      notifier.nodeChanged(FuseOperations.ROOT_ID);
    }
  }
}
