package io.github.storeproof.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFileTest {
  private static final String GOOD =
      """
      # TOY: toys

      ## TOY-1 (should)

      A toy is fun
      for all.

      - Source: a child
      - Source: another
      - Seen by: laughter, which
        may be loud
      - Usual cause: batteries
      """;

  @Test
  void aRuleHasEveryPart() {
    assertThat(RuleFile.parse("TOY.md", "TOY", GOOD))
        .containsExactly(
            new Rule(
                "TOY-1",
                Level.SHOULD,
                "A toy is fun for all.",
                List.of("a child", "another"),
                "laughter, which may be loud",
                List.of("batteries"),
                List.of()));
  }

  @Test
  void whatWasObservedMayBeSaid() {
    Rule rule =
        RuleFile.parse("TOY.md", "TOY", GOOD + "- Observed: silence, on dolls\n").getFirst();
    assertThat(rule.observed()).containsExactly("silence, on dolls");
  }

  @Test
  void aHeadingOfAnotherGroupOrLevelIsRefused() {
    refused(GOOD.replace("TOY-1", "TOYS-1"), "heading is '## TOYS-1 (should)'");
    refused(GOOD.replace("(should)", "(could)"), "heading is '## TOY-1 (could)'");
    refused(GOOD.replace("TOY-1", "TOY-01"), "heading is '## TOY-01 (should)'");
  }

  @Test
  void aMissingPartIsRefused() {
    refused(GOOD.replace("- Usual cause: batteries\n", ""), "TOY-1 has [Source, Seen by]");
    refused(GOOD.replace("for all.", "for all"), "the statement is no sentence");
  }

  @Test
  void anUnknownPartIsRefused() {
    refused(GOOD + "- Remark: none\n", "cannot read '- Remark: none'");
    refused(GOOD + "Late words.\n", "cannot read 'Late words.'");
  }

  @Test
  void aFileWithoutRulesIsRefused() {
    refused("# TOY: toys\n", "TOY.md has no rule");
    refused("Words.\n", "TOY.md does not start with a title");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> RuleFile.parse("TOY.md", "TOY", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
