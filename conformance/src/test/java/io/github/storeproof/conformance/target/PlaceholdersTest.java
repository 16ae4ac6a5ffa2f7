package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.conformance.target.Placeholders.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  private static final Placeholders WORDS =
      Placeholders.none().with(Word.TREE, "/a b/tree").with(Word.MOUNT, "/m");

  @Test
  void aCommandIsQuotedWhereItMustBe() throws TargetException {
    assertThat(WORDS.command("tool {tree} {mount}/x")).isEqualTo("tool '/a b/tree' /m/x");
  }

  @Test
  void aPathIsTakenAsItIs() throws TargetException {
    assertThat(WORDS.path("{tree}/x")).isEqualTo("/a b/tree/x");
  }

  @Test
  void bracesOfTheShellAreLeftAlone() throws TargetException {
    assertThat(WORDS.command("echo ${mount} { print; } {A}"))
        .isEqualTo("echo ${mount} { print; } {A}");
    assertThat(Placeholders.unknownIn("echo ${x} {y} {tree}")).contains("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{store}", "grpc+unix:{store-socket}", "{store-http}"})
  void aMountIsToldOfItsStoreByAnyOfTheStoresWords(String address) {
    assertThat(Placeholders.asksTheStore("mount {mount} " + address)).isTrue();
    assertThat(Placeholders.asksTheStore("mount {mount} {socket}")).isFalse();
  }

  @Test
  void aWordWithoutAValueIsNamed() {
    assertThatThrownBy(() -> WORDS.command("kill {pid}"))
        .isInstanceOf(TargetException.class)
        .hasMessage(
            "{pid} has no value in: kill {pid}; the process that serves the mount is not known");
  }
}
