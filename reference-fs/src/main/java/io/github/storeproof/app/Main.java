package io.github.storeproof.app;

import io.github.storeproof.posix.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;

/// The program `castore`.
///
/// Exit status 0: done; 1: an accident in the program or a store; 2: it was asked for something
/// that cannot be done, and nothing was left behind.
public final class Main {
  static final int ACCIDENT = 1;
  static final int REFUSED = 2;

  private Main() {}

  public static void main(String[] arguments) {
    Optional<String> refusal = LogFormat.refusal(System.getenv(LogFormat.VARIABLE));
    if (refusal.isPresent()) {
      System.err.println("castore: " + refusal.get());
      System.exit(REFUSED);
    }
    System.exit(commandLine().execute(RawArguments.ofThisProcess(arguments)));
  }

  /// The parser: an argument has one character for each byte, as [RawArguments] gives it.
  static CommandLine commandLine() {
    return new CommandLine(new CastoreCommand())
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(
            RawPath.class, text -> RawPath.of(text.getBytes(StandardCharsets.ISO_8859_1)))
        .setExecutionExceptionHandler(new Refusals());
  }
}
