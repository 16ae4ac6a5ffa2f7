package io.github.storeproof.store.remote;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Keeps what was loaded last, up to a total weight, and loads each thing once for all who want it
/// at a time. What is absent and what failed is not kept.
///
/// *Thread-safe*: no lock is held during a load.
///
/// @param <K> what things are found by
/// @param <V> the things
public final class SharedLoads<K, V> {
  private final long mostWeight;
  private final ToLongFunction<V> weigher;
  private final ConcurrentHashMap<K, Load<V>> loads = new ConcurrentHashMap<>();
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /// @param mostWeight of all that is kept
  /// @param weigher the weight of one thing
  public SharedLoads(long mostWeight, ToLongFunction<V> weigher) {
    this.mostWeight = mostWeight;
    this.weigher = weigher;
  }

  /// Loads one thing.
  @FunctionalInterface
  public interface Loader<V> {
    /// The thing; empty when there is none.
    Optional<V> load() throws StoreException;
  }

  /// The thing, kept or loaded. Who comes while another one loads it gets what that one gets.
  public Optional<V> of(K key, Loader<V> loader) throws StoreException {
    while (true) {
      @Nullable V known = known(key);
      if (known != null) {
        return Optional.of(known);
      }
      Load<V> own = new Load<>();
      @Nullable Load<V> running = loads.putIfAbsent(key, own);
      if (running == null) {
        return load(key, own, loader);
      }
      Optional<Outcome<V>> shared = running.await();
      if (shared.isPresent()) {
        return shared.get().value();
      }
    }
  }

  /// Keeps the thing no longer: it has turned out to be wrong.
  public void forget(K key) {
    synchronized (kept) {
      @Nullable V wrong = kept.remove(key);
      if (wrong != null) {
        weight -= weigher.applyAsLong(wrong);
      }
    }
  }

  private Optional<V> load(K key, Load<V> load, Loader<V> loader) throws StoreException {
    try {
      Optional<V> value = loader.load();
      value.ifPresent(loaded -> keep(key, loaded));
      load.outcome = new Outcome<>(value.orElse(null), null);
      return value;
    } catch (StoreException e) {
      // That one caller gave up says nothing to the others: one of them loads it then.
      load.outcome = e.failure() == StoreFailure.INTERRUPTED ? null : new Outcome<>(null, e);
      throw e;
    } finally {
      loads.remove(key, load);
      load.done.countDown();
    }
  }

  private @Nullable V known(K key) {
    synchronized (kept) {
      return kept.get(key);
    }
  }

  private void keep(K key, V value) {
    synchronized (kept) {
      if (kept.putIfAbsent(key, value) == null) {
        weight += weigher.applyAsLong(value);
      }
      var oldest = kept.entrySet().iterator();
      while (weight > mostWeight && oldest.hasNext()) {
        weight -= weigher.applyAsLong(oldest.next().getValue());
        oldest.remove();
      }
    }
  }

  /// How a load ended: with a value or none, or with a failure.
  private record Outcome<V>(@Nullable V loaded, @Nullable StoreException failure) {
    Optional<V> value() throws StoreException {
      if (failure != null) {
        throw new StoreException(failure.failure(), failure.getMessage(), failure);
      }
      return Optional.ofNullable(loaded);
    }
  }

  private static final class Load<V> {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Outcome<V> outcome;

    /// Its outcome; empty when it was given up.
    Optional<Outcome<V>> await() throws StoreException {
      try {
        done.await();
      } catch (InterruptedException e) {
        throw RemoteStore.interrupted("a load that is shared");
      }
      return Optional.ofNullable(outcome);
    }
  }
}
