package io.github.storeproof.conformance.subject;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a method as a case of a rule. It is a Jupiter test, so an IDE runs it too; it may take a
/// [Subject]. The name of the case is the rule and the method in kebab case:
/// `ATTR-1/size-of-files`.
@Documented
@Test
@ExtendWith(SubjectExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Checks {
  /// The id of the rule.
  String value();
}
