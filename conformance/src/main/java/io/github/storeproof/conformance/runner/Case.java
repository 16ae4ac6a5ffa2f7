package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.rule.Level;

/// A test that looks at one rule. *Immutable.*
///
/// @param id the rule and the name, such as `ATTR-1/size-of-files`
/// @param ruleId the rule
/// @param level how binding it is
/// @param uniqueId its id on the JUnit Platform
/// @param source the method, for people
public record Case(String id, String ruleId, Level level, String uniqueId, String source) {}
