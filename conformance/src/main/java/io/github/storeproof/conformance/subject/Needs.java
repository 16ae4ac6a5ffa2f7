package io.github.storeproof.conformance.subject;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The case runs only where the target claims these features; elsewhere it is skipped with the
/// reason.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
  /// Keys of [io.github.storeproof.conformance.target.Feature]s.
  String[] value();
}
