package io.github.storeproof.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says: the version that the jar's manifest states.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"castore " + version};
  }
}
