package io.github.storeproof.conformance.rule;

import java.util.List;

/// One thing that a conforming store does. *Immutable.*
///
/// @param id its name for ever, such as `ATTR-1`
/// @param level how binding it is
/// @param statement the rule as one full sentence
/// @param sources where it comes from, such as `POSIX lstat()`
/// @param seen how the kit sees it on Linux
/// @param causes what usually causes a failure
/// @param observed where correct filesystems were seen to differ, which is allowed
public record Rule(
    String id,
    Level level,
    String statement,
    List<String> sources,
    String seen,
    List<String> causes,
    List<String> observed) {
  public Rule {
    sources = List.copyOf(sources);
    causes = List.copyOf(causes);
    observed = List.copyOf(observed);
  }

  /// The part of the id before the number: `ATTR` of `ATTR-1`.
  public String group() {
    return groupOf(id);
  }

  /// The group of a rule id.
  public static String groupOf(String id) {
    int dash = id.lastIndexOf('-');
    return dash < 0 ? id : id.substring(0, dash);
  }
}
