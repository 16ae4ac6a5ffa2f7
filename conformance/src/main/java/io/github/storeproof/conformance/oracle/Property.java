package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.subject.CaseContext;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.subject.Subject;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/// A property over random values, on the shared mount or on store services: jqwik makes the values and shrinks them, a [Trial] or a
/// [Dialog] is made of each.
///
/// @param <T> what the trial is made of, such as a list of steps
public final class Property<T> {
  private static final int GENERATION_SIZE = 1000;
  private static final int MAX_SHRINKS = 200;

  private final CaseContext context;
  private final Function<T, Optional<Mismatch>> body;
  private int shrinks;

  private Property(CaseContext context, Function<T, Optional<Mismatch>> body) {
    this.context = context;
    this.body = body;
  }

  /// Tries the property with random values.
  ///
  /// @param tries how often, when the user does not say
  /// @param body adds the calls and the expectations for one value; none when the value says nothing here
  /// @throws Mismatch for the simplest value that was found to fail
  public static <T> void check(
      Subject subject, Arbitrary<T> values, int tries, BiConsumer<Trial, T> body) {
    judge(
        subject,
        values,
        tries,
        value -> {
          Trial trial = new Trial();
          body.accept(trial, value);
          return trial.expectsNothing() ? Optional.empty() : trial.firstMismatch(subject::run);
        });
  }

  /// Tries a property with random values, each on store services.
  ///
  /// @param tries how often, when the user does not say
  /// @param body makes the calls of one value
  /// @throws Mismatch for the simplest value that was found to fail
  public static <T> void check(
      StoreSubject subject, Arbitrary<T> values, int tries, BiConsumer<Dialog, T> body) {
    judge(
        subject,
        values,
        tries,
        value -> {
          try {
            body.accept(subject.dialog(), value);
            return Optional.empty();
          } catch (Mismatch mismatch) {
            return Optional.of(mismatch);
          }
        });
  }

  private static <T> void judge(
      CaseContext context, Arbitrary<T> values, int tries, Function<T, Optional<Mismatch>> body) {
    Jqwik.run(() -> new Property<>(context, body).run(values, context.tries(tries)));
  }

  private void run(Arbitrary<T> values, int tries) {
    RandomGenerator<T> generator = values.generator(GENERATION_SIZE, true);
    Random random = context.random();
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
    while (at.isPresent() && context.mayShrink()) {
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
    return body.apply(value.value());
  }
}
