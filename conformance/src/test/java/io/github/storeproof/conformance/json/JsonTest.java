package io.github.storeproof.conformance.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatIsPrintedIsReadBack() {
    Json value =
        Json.object()
            .put("text", "quote \" backslash \\ newline \n control \u0001 half \ud800 é")
            .put("number", 12)
            .put("seconds", Json.ofSeconds(1.5))
            .put("nothing", Json.of(Optional.empty()))
            .put("flag", new Json.Bool(true))
            .put(
                "list",
                Json.array(List.of(Json.of(1), Json.array(List.of()), Json.object().build())))
            .build();
    assertThat(Json.parse(value.print())).isEqualTo(value);
    assertThat(value.print()).contains("\\ud800").contains("1.500");
  }

  @Test
  void everyFormOfValueIsRead() {
    assertThat(Json.parse(" [ -1.5e3 , \"\\u00e9\\/\\b\" , null , false ] ").asArray())
        .containsExactly(
            new Json.Num("-1.5e3"), Json.of("é/\b"), new Json.Null(), new Json.Bool(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":1,\"a\":2}",
        "01",
        "1.",
        "tru",
        "\"\\x\"",
        "\"a\nb\"",
        "1 2",
        "\"\\u12\"",
        "nul"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON at");
  }

  @Test
  void endlessNestingIsRefused() {
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
        .hasMessageContaining("at most 200 levels");
  }
}
