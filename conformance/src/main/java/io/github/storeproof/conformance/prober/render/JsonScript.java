package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.prober.Script;

/// Scripts as JSON.
public final class JsonScript {
  private JsonScript() {}

  /// Returns the script as JSON.
  public static String write(Script script) {
    return script.toString();
  }

  /// Reads what [#write] wrote.
  public static Script read(String json) {
    return Script.of(s -> s.call(json));
  }
}
