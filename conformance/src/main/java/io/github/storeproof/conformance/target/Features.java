package io.github.storeproof.conformance.target;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a target claims. *Immutable.*
public final class Features {
  private final Map<Feature, String> values;

  private Features(Map<Feature, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /// Features by what the profile says of them: `true`, `false` or one of their words.
  public static Features of(Map<Feature, String> values) {
    return new Features(values.isEmpty() ? new EnumMap<>(Feature.class) : new EnumMap<>(values));
  }

  /// Features by their keys, as a profile has them.
  ///
  /// @throws TargetException when there is no such feature, or it does not take that value
  public static Features parse(Map<String, String> values) throws TargetException {
    Map<Feature, String> parsed = new EnumMap<>(Feature.class);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      Feature feature =
          Feature.find(entry.getKey())
              .orElseThrow(() ->
                  new TargetException(
                      "unknown feature '" + entry.getKey() + "'; known: " + Feature.keys()));
      List<String> words = feature.words().isEmpty() ? List.of("true", "false") : feature.words();
      if (!words.contains(entry.getValue())) {
        throw new TargetException(
            "feature " + feature.key() + " is '" + entry.getValue() + "', want one of " + words);
      }
      parsed.put(feature, entry.getValue());
    }
    return of(parsed);
  }

  /// No word on any feature.
  public static Features undeclared() {
    return of(Map.of());
  }

  /// Whether the target claims it, by its word or by default.
  public boolean claims(Feature feature) {
    String value = values.get(feature);
    return value == null ? feature.claimedByDefault() : !value.equals("false");
  }

  /// Whether the target says that it does not have it.
  public boolean denies(Feature feature) {
    return "false".equals(values.get(feature));
  }

  /// What the profile says of it; empty when nothing.
  public Optional<String> value(Feature feature) {
    return Optional.ofNullable(values.get(feature));
  }

  /// All that the profile says, by key.
  public SortedMap<String, String> declared() {
    SortedMap<String, String> byKey = new TreeMap<>();
    values.forEach((feature, value) -> byKey.put(feature.key(), value));
    return byKey;
  }
}
