package io.github.storeproof.conformance;

import io.github.storeproof.fixtures.form.BinaryCacheForm;
import io.github.storeproof.fixtures.form.Form;
import io.github.storeproof.fixtures.form.NarForm;
import io.github.storeproof.fixtures.form.TreeForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A `--format` of generated fixtures.
enum FixtureFormat {
  /// A directory of store paths.
  TREE("tree", "tree"),
  /// An archive for each.
  NAR("nar", "nar"),
  /// What Nix substitutes from.
  BINARY_CACHE("binary-cache", "cache");

  private final String word;
  private final String entry;

  FixtureFormat(String word, String entry) {
    this.word = word;
    this.entry = entry;
  }

  /// The format of this word.
  ///
  /// @throws IllegalArgumentException when there is none; the message is a sentence
  static FixtureFormat parse(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "format is \"" + word + "\", want tree, nar or binary-cache"));
  }

  /// What it is called on the command line.
  String word() {
    return word;
  }

  /// The name of what it fills, in the output directory.
  String entry() {
    return entry;
  }

  /// Begins to fill it.
  ///
  /// @param path where; nothing is there yet
  Form open(Path path) throws IOException {
    return switch (this) {
      case TREE -> new TreeForm(path);
      case NAR -> new NarForm(Files.createDirectory(path));
      case BINARY_CACHE -> new BinaryCacheForm(Files.createDirectory(path));
    };
  }
}
