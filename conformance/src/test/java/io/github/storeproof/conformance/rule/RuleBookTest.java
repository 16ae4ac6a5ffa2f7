package io.github.storeproof.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  private static final RuleBook BOOK = RuleBook.bundled();

  @Test
  void everyRuleThatWasEverPublishedIsInTheBookOnce() throws IOException {
    try (InputStream ids = RuleBookTest.class.getResourceAsStream("/rule-ids.txt")) {
      List<String> published =
          new String(Objects.requireNonNull(ids).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertThat(BOOK.rules()).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(published);
    }
  }

  @Test
  void rulesAreGroupByGroupAndInTheOrderOfTheirNumbers() {
    for (String group : RuleBook.GROUPS) {
      List<Integer> numbers =
          BOOK.rules().stream()
              .filter(rule -> rule.group().equals(group))
              .map(rule -> Integer.valueOf(rule.id().substring(group.length() + 1)))
              .toList();
      assertThat(numbers).as(group).isSorted().isNotEmpty();
    }
  }

  @Test
  void aRuleIsFoundInAnyCase() {
    assertThat(BOOK.find("attr-1")).map(Rule::level).contains(Level.MUST);
    assertThat(BOOK.find("ATTR-99")).isEmpty();
  }

  @Test
  void aMistypedRuleIsSuggestedFirst() {
    assertThat(BOOK.suggestions("ATR-4").getFirst()).isEqualTo("ATTR-4");
    assertThat(BOOK.suggestions("DIR-77")).allMatch(id -> id.startsWith("DIR-"));
    assertThat(BOOK.suggestions("something else entirely")).isEmpty();
  }

  @Test
  void aRuleThatIsThereTwiceIsRefused() {
    Rule rule = BOOK.rules().getFirst();
    assertThatThrownBy(() -> RuleBook.of(List.of(rule, rule)))
        .hasMessage("rule ATTR-1 is there twice");
  }
}
