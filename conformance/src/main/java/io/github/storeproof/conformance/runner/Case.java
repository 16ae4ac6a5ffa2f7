package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.rule.Level;

/// A test that looks at one rule. *Immutable.*
///
/// @param id the rule and the name, such as `ATTR-1/size-of-files`
/// @param ruleId the rule
/// @param level how binding it is
/// @param kind the kind of target that it looks at, `mount` or `grpc`
/// @param uniqueId its id on the JUnit Platform
/// @param className the simple name of its class
/// @param methodName the name of its method
/// @param family what its class shares mounts with; the name of the class when with none
/// @param weight how much it costs beside others; most cases have 1
public record Case(
    String id,
    String ruleId,
    Level level,
    String kind,
    String uniqueId,
    String className,
    String methodName,
    String family,
    int weight) {
  /// The method, for people.
  public String source() {
    return className + "." + methodName;
  }
}
