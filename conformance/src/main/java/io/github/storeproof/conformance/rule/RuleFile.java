package io.github.storeproof.conformance.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a file of rules strictly. The form of a rule:
///
/// ```
/// ## ATTR-1 (must)
///
/// The statement, a sentence or two, in a paragraph.
///
/// - Source: POSIX lstat()
/// - Seen by: lstat of every node
/// - Usual cause: one cause
/// - Usual cause: another
/// - Observed: where a correct filesystem differs, which is allowed; may be missing
/// ```
///
/// *Immutable.*
final class RuleFile {
  private static final Pattern HEADING =
      Pattern.compile("## ([A-Z]+)-([1-9][0-9]*) \\((must|should|may)\\)");
  private static final Pattern FIELD =
      Pattern.compile("- (Source|Seen by|Usual cause|Observed): (.+)");
  private static final String OBSERVED = "Observed";
  private static final Set<String> WANTED = Set.of("Source", "Seen by", "Usual cause");

  private RuleFile() {}

  /// The rules of a file.
  ///
  /// @param file its name in messages
  /// @param group the group that all its rules belong to
  /// @throws IllegalArgumentException when a line is not of the form
  static List<Rule> parse(String file, String group, String text) {
    List<Rule> rules = new ArrayList<>();
    for (String section : text.split("(?m)^(?=## )")) {
      if (section.startsWith("## ")) {
        rules.add(rule(file, group, section.strip()));
      } else if (!section.startsWith("# ")) {
        throw new IllegalArgumentException(file + " does not start with a title");
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(file + " has no rule");
    }
    return rules;
  }

  private static Rule rule(String file, String group, String section) {
    List<String> lines = section.lines().toList();
    Matcher heading = HEADING.matcher(lines.getFirst());
    if (!heading.matches() || !heading.group(1).equals(group)) {
      throw new IllegalArgumentException(
          file + ": heading is '" + lines.getFirst() + "', want '## " + group + "-N (level)'");
    }
    String id = heading.group(1) + "-" + heading.group(2);
    StringBuilder statement = new StringBuilder();
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String line : joined(lines.subList(1, lines.size()))) {
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        fields.computeIfAbsent(field.group(1), name -> new ArrayList<>()).add(field.group(2));
      } else if (line.startsWith("- ") || !fields.isEmpty()) {
        throw new IllegalArgumentException(file + ": " + id + ": cannot read '" + line + "'");
      } else {
        statement.append(statement.isEmpty() ? "" : " ").append(line);
      }
    }
    List<String> observed = fields.getOrDefault(OBSERVED, List.of());
    fields.remove(OBSERVED);
    if (!fields.keySet().equals(WANTED) || fields.getOrDefault("Seen by", List.of()).size() != 1) {
      throw new IllegalArgumentException(
          file + ": " + id + " has " + fields.keySet() + ", want " + WANTED);
    }
    if (!statement.toString().endsWith(".")) {
      throw new IllegalArgumentException(
          file + ": " + id + ": the statement is no sentence: '" + statement + "'");
    }
    return new Rule(
        id,
        Level.ofWord(heading.group(3)),
        statement.toString(),
        fields.getOrDefault("Source", List.of()),
        fields.getOrDefault("Seen by", List.of()).getFirst(),
        fields.getOrDefault("Usual cause", List.of()),
        observed);
  }

  /// Lines without empty ones, and with indented lines joined to those before.
  private static List<String> joined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("  ") && !joined.isEmpty()) {
        joined.set(joined.size() - 1, joined.getLast() + " " + line.strip());
      } else if (!line.isBlank()) {
        joined.add(line.strip());
      }
    }
    return joined;
  }
}
