package io.github.storeproof.conformance.target;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One table of a profile, with the places of its keys for messages. *Confined.*
final class ProfileTable {
  private final String source;
  private final TomlTable table;

  ProfileTable(String source, TomlTable table) {
    this.source = source;
    this.table = table;
  }

  /// An error at a key, or at the table when the key is not there.
  TargetException error(String key, String message) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return new TargetException(
        source + (position == null ? "" : ":" + position.line()) + ": " + message);
  }

  /// Refuses all other keys.
  void allow(Set<String> keys) throws TargetException {
    for (String key : keysInOrder()) {
      if (!keys.contains(key)) {
        throw error(
            key, "unknown key '" + key + "'; known: " + String.join(", ", new TreeSet<>(keys)));
      }
    }
  }

  /// Refuses a key that is known but has no meaning here.
  void refuse(String key, String why) throws TargetException {
    if (table.get(List.of(key)) != null) {
      throw error(key, "'" + key + "' " + why);
    }
  }

  /// The keys in the order of the file.
  List<String> keysInOrder() {
    return table.keySet().stream().sorted(Comparator.comparingLong(this::place)).toList();
  }

  private long place(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? 0 : position.line() * 100_000L + position.column();
  }

  private @Nullable Object value(String key) {
    return table.get(List.of(key));
  }

  String required(String key) throws TargetException {
    return text(key).orElseThrow(() -> error(key, "key '" + key + "' is missing"));
  }

  String requiredCommand(String key) throws TargetException {
    return command(key).orElseThrow(() -> error(key, "key '" + key + "' is missing"));
  }

  /// A text with placeholders, checked.
  Optional<String> command(String key) throws TargetException {
    Optional<String> text = text(key);
    if (text.isPresent()) {
      Optional<String> unknown = Placeholders.unknownIn(text.get());
      if (unknown.isPresent()) {
        throw error(
            key,
            "unknown placeholder {"
                + unknown.get()
                + "}; known: "
                + String.join(", ", Placeholders.names()));
      }
    }
    return text;
  }

  private Optional<String> text(String key) throws TargetException {
    return switch (value(key)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw error(key, "'" + key + "' is " + kindOf(other) + ", want a text");
    };
  }

  Optional<Boolean> flag(String key) throws TargetException {
    return switch (value(key)) {
      case null -> Optional.empty();
      case Boolean flag -> Optional.of(flag);
      case Object other ->
          throw error(key, "'" + key + "' is " + kindOf(other) + ", want true or false");
    };
  }

  String featureValue(Feature feature) throws TargetException {
    if (feature.words().isEmpty()) {
      return String.valueOf(flag(feature.key()).orElse(false));
    }
    String word = required(feature.key());
    if (!feature.words().contains(word)) {
      throw error(
          feature.key(),
          feature.key()
              + " is \""
              + word
              + "\", want one of "
              + String.join(", ", feature.words()));
    }
    return word;
  }

  Optional<ProfileTable> table(String key) throws TargetException {
    return switch (value(key)) {
      case null -> Optional.empty();
      case TomlTable inner -> Optional.of(new ProfileTable(source, inner));
      case Object other -> throw error(key, "'" + key + "' is " + kindOf(other) + ", want a table");
    };
  }

  ProfileTable requiredTable(String key) throws TargetException {
    return table(key).orElseThrow(() -> error(key, "table [" + key + "] is missing"));
  }

  private static String kindOf(Object value) {
    return switch (value) {
      case String text -> "a text";
      case Boolean flag -> "true or false";
      case Number number -> "a number";
      case TomlTable inner -> "a table";
      case Object other -> "a value of another kind";
    };
  }
}
