package io.github.storeproof.conformance.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. *Immutable.*
public sealed interface Json {
  /// An object; its members keep their order.
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// A member that must be there.
    ///
    /// @throws IllegalArgumentException when it is not
    public Json get(String key) {
      Json value = members.get(key);
      if (value == null) {
        throw new IllegalArgumentException("member '" + key + "' is missing");
      }
      return value;
    }
  }

  /// An array.
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A text.
  record Str(String text) implements Json {}

  /// A number, as it is written.
  record Num(String digits) implements Json {}

  /// `true` or `false`.
  record Bool(boolean value) implements Json {}

  /// `null`.
  record Null() implements Json {}

  /// A text.
  static Json of(String text) {
    return new Str(text);
  }

  /// A whole number.
  static Json of(long number) {
    return new Num(Long.toString(number));
  }

  /// A number with three digits after the point.
  static Json ofSeconds(double seconds) {
    return new Num(String.format(java.util.Locale.ROOT, "%.3f", seconds));
  }

  /// A text, or null.
  static Json of(Optional<String> text) {
    return text.map(Json::of).orElse(new Null());
  }

  /// An empty object to be filled.
  static Builder object() {
    return new Builder();
  }

  /// An array of values.
  static Json array(List<Json> items) {
    return new Arr(items);
  }

  /// The value in a text.
  ///
  /// @throws IllegalArgumentException when the text is not one JSON value
  static Json parse(String text) {
    return new JsonParser(text).whole();
  }

  /// This value as an object.
  default Obj asObject() {
    return this instanceof Obj obj ? obj : wrong("an object");
  }

  /// This value as an array.
  default List<Json> asArray() {
    return this instanceof Arr(List<Json> items) ? items : wrong("an array");
  }

  /// This value as a text.
  default String asText() {
    return this instanceof Str(String text) ? text : wrong("a text");
  }

  /// This value as a text, where null is absence.
  default Optional<String> asOptionalText() {
    return this instanceof Null ? Optional.empty() : Optional.of(asText());
  }

  /// This value as a number.
  default double asNumber() {
    return this instanceof Num(String digits) ? Double.parseDouble(digits) : wrong("a number");
  }

  private <T> T wrong(String want) {
    throw new IllegalArgumentException(
        "JSON value is " + getClass().getSimpleName() + ", want " + want);
  }

  /// This value as text, indented by two spaces a level.
  default String print() {
    StringBuilder out = new StringBuilder();
    JsonPrinter.print(this, out, "\n");
    return out.append('\n').toString();
  }

  /// Fills an object. *Confined.*
  final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    /// Adds a member.
    public Builder put(String key, Json value) {
      members.put(key, value);
      return this;
    }

    /// Adds a text.
    public Builder put(String key, String value) {
      return put(key, Json.of(value));
    }

    /// Adds a whole number.
    public Builder put(String key, long value) {
      return put(key, Json.of(value));
    }

    /// The object.
    public Obj build() {
      return new Obj(members);
    }
  }

  /// Values as objects in an array.
  static <T> Json arrayOf(List<T> values, java.util.function.Function<T, Json> toJson) {
    List<Json> items = new ArrayList<>();
    values.forEach(value -> items.add(toJson.apply(value)));
    return new Arr(items);
  }
}
