package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Content that was found to be other than its digest says: each refusal is counted, each blob logged
/// once until it heals. *Thread-safe.*
public final class Damage {
  private static final System.Logger LOG = System.getLogger(Damage.class.getName());
  private static final int MOST_KNOWN = 10_000;

  private final Set<B3Digest> known = ConcurrentHashMap.newKeySet();
  private final AtomicLong refusedCount = new AtomicLong();

  /// Notes that content was refused.
  void found(B3Digest digest, String message) {
    refusedCount.incrementAndGet();
    if (known.size() < MOST_KNOWN && known.add(digest)) {
      LOG.log(System.Logger.Level.ERROR, "corrupt content is not served: {0}", message);
    }
  }

  /// Notes that the content is right again.
  void healed(B3Digest digest) {
    if (known.remove(digest)) {
      LOG.log(System.Logger.Level.INFO, "blob {0} was put again and is whole", digest);
    }
  }

  /// How often content was refused.
  public long refusedCount() {
    return refusedCount.get();
  }
}
