package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.subject.Subject;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/// A property over random values on the shared mount: jqwik makes the values and shrinks them, a [Trial] is made of each.
///
/// @param <T> what the trial is made of, such as a list of steps
public final class Property<T> {
  private static final int GENERATION_SIZE = 1000;
  private static final int MAX_SHRINKS = 200;

  private final Subject subject;
  private final BiConsumer<Trial, T> body;
  private int shrinks;

  private Property(Subject subject, BiConsumer<Trial, T> body) {
    this.subject = subject;
    this.body = body;
  }

  /// Tries the property with random values.
  ///
  /// @param tries how often, when the user does not say
  /// @param body adds the calls and the expectations for one value; none when the value says nothing here
  /// @throws Mismatch for the simplest value that was found to fail
  public static <T> void check(
      Subject subject, Arbitrary<T> values, int tries, BiConsumer<Trial, T> body) {
    Jqwik.run(() -> new Property<>(subject, body).run(values, subject.tries(tries)));
  }

  private void run(Arbitrary<T> values, int tries) {
    RandomGenerator<T> generator = values.generator(GENERATION_SIZE, true);
    Random random = subject.random();
    for (int done = 0; done < tries; done++) {
      Shrinkable<T> value = generator.next(random);
      Optional<Mismatch> mismatch = mismatch(value);
      if (mismatch.isPresent()) {
        throw shrink(value, mismatch.get());
      }
    }
  }

  private Mismatch shrink(Shrinkable<T> failing, Mismatch seen) {
    Mismatch smallest = seen;
    Optional<Shrinkable<T>> at = Optional.of(failing);
    while (at.isPresent() && subject.mayShrink()) {
      Optional<Shrinkable<T>> next =
          at.get()
              .shrink()
              .takeWhile(_ -> ++shrinks <= MAX_SHRINKS)
              .filter(this::fails)
              .findFirst();
      if (next.isPresent()) {
        smallest = mismatch(next.get()).orElse(smallest);
      }
      at = next;
    }
    return smallest;
  }

  private boolean fails(Shrinkable<T> value) {
    return mismatch(value).isPresent();
  }

  private Optional<Mismatch> mismatch(Shrinkable<T> value) {
    Trial trial = new Trial();
    body.accept(trial, value.value());
    return trial.expectsNothing() ? Optional.empty() : trial.firstMismatch(subject::run);
  }
}
