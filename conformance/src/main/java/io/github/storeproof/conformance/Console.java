package io.github.storeproof.conformance;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Where a command writes. *Confined.*
///
/// @param out what was asked for
/// @param err what went wrong
record Console(PrintWriter out, PrintWriter err) {
  /// The streams of a command that is being run.
  static Console of(@Nullable CommandSpec spec) {
    var line = Objects.requireNonNull(spec, "a command runs inside a command line").commandLine();
    return new Console(line.getOut(), line.getErr());
  }

  /// Says why a command cannot do its work.
  ///
  /// @return the exit code for that
  int cannot(@Nullable String reason) {
    out.flush();
    err.println("storeproof: " + reason);
    err.flush();
    return Main.CANNOT;
  }
}
