package io.github.storeproof.conformance.subject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A case that costs as much as so many others. Cases are dealt out to the lanes of a run by it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Costs {
  /// How many others, roughly.
  int value();
}
