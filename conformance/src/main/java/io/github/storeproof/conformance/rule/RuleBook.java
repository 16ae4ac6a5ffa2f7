package io.github.storeproof.conformance.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All rules, from the files `rules/GROUP.md`. *Immutable.*
public final class RuleBook {
  /// The groups, in the order in which a reader wants them. Each is a file.
  static final List<String> GROUPS =
      List.of(
          "ATTR", "TYP", "MODE", "LNK", "NAM", "DIR", "ROOT", "READ", "RO", "XAT", "INO", "STF",
          "ERR", "HND", "EXE", "OVL", "NTF", "STX", "ACC", "OPN", "SYN", "LCK", "IOC", "CON", "SEQ",
          "LIF", "BLOB", "DSV", "PIN", "NAR", "HTTP", "GRP");

  private static final int SUGGESTIONS = 5;
  private static final int FARTHEST = 3;

  private final Map<String, Rule> rules;
  private final List<String> order;

  private RuleBook(Map<String, Rule> rules) {
    this.rules = rules;
    this.order = List.copyOf(rules.keySet());
  }

  /// The rules of the kit.
  public static RuleBook bundled() {
    List<Rule> rules = new ArrayList<>();
    for (String group : GROUPS) {
      String file = "rules/" + group + ".md";
      rules.addAll(RuleFile.parse(file, group, resource(file)));
    }
    return of(rules);
  }

  /// A book of some rules.
  ///
  /// @throws IllegalArgumentException when an id is there twice
  public static RuleBook of(List<Rule> rules) {
    Map<String, Rule> byId = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (byId.put(rule.id(), rule) != null) {
        throw new IllegalArgumentException("rule " + rule.id() + " is there twice");
      }
    }
    return new RuleBook(byId);
  }

  private static String resource(String file) {
    try (InputStream stream = RuleBook.class.getResourceAsStream("/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + file + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The rules, group by group.
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  /// The rule of that id.
  public Optional<Rule> find(String id) {
    return Optional.ofNullable(rules.get(id.toUpperCase(Locale.ROOT)));
  }

  /// The place of a rule in the book; after all others when it is not there.
  public int position(String id) {
    int at = order.indexOf(id);
    return at < 0 ? order.size() : at;
  }

  /// Ids that a person who wrote `id` may have meant, the likeliest first.
  public List<String> suggestions(String id) {
    String wanted = id.toUpperCase(Locale.ROOT);
    return order.stream()
        .filter(known ->
            distance(wanted, known) <= FARTHEST || Rule.groupOf(known).equals(Rule.groupOf(wanted)))
        .sorted(Comparator.comparingInt((String known) -> distance(wanted, known)))
        .limit(SUGGESTIONS)
        .toList();
  }

  /// How many letters differ (Levenshtein).
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
