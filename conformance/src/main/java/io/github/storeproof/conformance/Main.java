package io.github.storeproof.conformance;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `storeproof` command line.
@Command(
    name = "storeproof",
    description = "Proves that a store filesystem does what its store says.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      CheckCommand.class,
      ExplainCommand.class,
      FixturesCommand.class,
      MatrixCommand.class,
      DoctorCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  /// The kit could not do its work.
  static final int CANNOT = 2;

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /// Runs the command line and exits with its code.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// The command line, to be executed in a test or by [#main].
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((error, line, parsed) -> {
          line.getErr().println("storeproof: error of the kit: " + error);
          error.printStackTrace(line.getErr());
          return CANNOT;
        });
  }

  @Override
  public void run() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "want a command");
  }
}
