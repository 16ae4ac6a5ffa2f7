package io.github.storeproof.conformance.subject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Classes of cases that share costly mounts, and so a lane.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SharesMounts {
  /// The same for all classes that share them, such as the name of the fixture.
  String value();
}
