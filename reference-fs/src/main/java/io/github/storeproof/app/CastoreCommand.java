package io.github.storeproof.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `castore` without a command: says which there are.
@Command(
    name = "castore",
    description = "A store of content-addressed trees, and a filesystem that shows it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      MountCommand.class,
      DaemonCommand.class,
      ImportCommand.class,
      LsCommand.class,
      CatCommand.class,
      StatCommand.class,
      NarCommand.class,
      VerifyCommand.class,
      GcCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class CastoreCommand implements Runnable {
  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given, want one of them");
  }
}
