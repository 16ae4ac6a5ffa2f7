package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.prober.Script;

/// Scripts as JSON.
public final class JsonScript {
  private JsonScript() {}

  /// Returns the script as JSON.
  public static String write(Script script) {
    throw new UnsupportedOperationException(script.toString());
  }

  /// Reads what [#write] wrote.
  public static Script read(String json) {
    throw new UnsupportedOperationException(json);
  }
}
