package io.github.storeproof.conformance.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The faulty filesystems that prove that a rule can fail, from `rules/mutants.txt`: a line is the rule, a colon and
/// what is wrong with the filesystem, as a sentence. *Immutable.*
public final class RuleMutants {
  private static final String FILE = "rules/mutants.txt";
  private static final String COLON = ": ";

  private final Map<String, List<String>> sentences;

  private RuleMutants(Map<String, List<String>> sentences) {
    this.sentences = sentences;
  }

  /// Those that the kit is built with.
  public static RuleMutants bundled() {
    try (InputStream stream = RuleMutants.class.getResourceAsStream("/" + FILE)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + FILE + " is missing");
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  static RuleMutants parse(String text) {
    Map<String, List<String>> sentences = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(COLON);
      if (colon < 0) {
        throw new IllegalArgumentException("line is '" + line + "', want 'RULE: sentence'");
      }
      sentences
          .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + COLON.length()));
    }
    return new RuleMutants(sentences);
  }

  /// What is wrong with each mutant of a rule, as a sentence.
  public List<String> of(String ruleId) {
    return List.copyOf(sentences.getOrDefault(ruleId, List.of()));
  }
}
