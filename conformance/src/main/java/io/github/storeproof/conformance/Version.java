package io.github.storeproof.conformance;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version of the kit.
final class Version implements IVersionProvider {
  /// The version that the jar was built with, or `dev` when the classes run from a directory.
  static String current() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("dev");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"storeproof " + current()};
  }
}
