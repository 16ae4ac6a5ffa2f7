package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.prober.Script;

/// Scripts as stand-alone Python 3 programs.
public final class PythonProgram {
  private PythonProgram() {}

  /// Returns the program.
  public static String render(Script script) {
    return "# " + script;
  }
}
