package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The target profile of a mutant.
final class MutantProfile {
  /// What every mutant of the reference claims.
  static final List<Feature> CLAIMS =
      List.of(
          Feature.NIX_MODES,
          Feature.NIX_MTIME,
          Feature.NIX_OWNER,
          Feature.CASTORE_XATTRS,
          Feature.EXEC,
          Feature.OTHER_USERS);

  private MutantProfile() {}

  /// The profile's text; what its command needs is written to the directory.
  static String of(Mutant mutant, Path directory) throws IOException {
    return switch (mutant.target()) {
      case Mutant.Stored _ ->
          throw new IllegalArgumentException(mutant + " is served by the JVM of the tests");
      case Mutant.Command(String command, String features) ->
          profile(mutant.name(), command, false, features);
      case Mutant.Own(_, String features) ->
          profile(mutant.name(), "exec " + server(mutant, directory), true, features);
      case Mutant.Shell(String command) ->
          profile(
              mutant.name(),
              command.replace("{server}", server(mutant, directory)),
              true,
              "list-root = true\nserver-pid = true\n" + claims());
      case Mutant.Wrapped(_, boolean listed, _, _) ->
          profile(
              mutant.name(),
              "exec " + server(mutant, directory),
              true,
              "list-root = " + listed + "\nserver-pid = true\n" + claims());
    };
  }

  private static String claims() {
    return CLAIMS.stream()
        .map(feature -> feature.key() + " = true\n")
        .collect(Collectors.joining());
  }

  private static String server(Mutant mutant, Path directory) throws IOException {
    return java(directory) + ' ' + mutant.name() + " {mount} {tree}";
  }

  private static String java(Path directory) throws IOException {
    Path arguments = directory.resolve("java-arguments");
    Files.writeString(
        arguments,
        """
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto
        --enable-native-access=ALL-UNNAMED
        -cp "%s"
        %s
        """
            .formatted(System.getProperty("java.class.path"), MutantMain.class.getName()));
    return Path.of(System.getProperty("java.home"), "bin", "java") + " @" + arguments;
  }

  private static String profile(String name, String command, boolean foreground, String features) {
    return """
    name = "%s"
    kind = "mount"
    [populate]
    method = "none"
    refresh = "kill -HUP {pid}"
    [mount]
    command = '''%s'''
    foreground = %s
    [features]
    %s
    """
        .formatted(name, command, foreground, features);
  }
}
