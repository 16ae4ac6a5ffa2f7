package io.github.storeproof.conformance.subject;

import java.lang.reflect.Method;
import java.util.Locale;

/// The name of a case: its rule and its method in kebab case. *Immutable.*
public final class CaseId {
  private CaseId() {}

  /// The name of a method that is annotated with [Checks].
  public static String of(Method method) {
    Checks checks = method.getAnnotation(Checks.class);
    if (checks == null) {
      throw new IllegalArgumentException(method + " has no @Checks");
    }
    return of(checks.value(), method.getName());
  }

  /// The name of a method of that name which checks that rule.
  static String of(String ruleId, String methodName) {
    String kebab =
        methodName.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT).replace('_', '-');
    return ruleId + "/" + kebab;
  }
}
