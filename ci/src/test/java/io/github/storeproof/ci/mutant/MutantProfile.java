package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Fault;
import io.github.storeproof.ci.faulty.FaultyMain;
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
          Feature.OTHER_USERS,
          Feature.LONG_PATHS);

  /// What every fault of the stand-alone filesystem claims.
  static final List<Feature> PLAIN =
      CLAIMS.stream()
          .filter(claim -> claim != Feature.CASTORE_XATTRS && claim != Feature.LONG_PATHS)
          .toList();

  /// The reference reads its directory again.
  private static final String READ_AGAIN = "kill -HUP {pid}";

  private static final String PLACES = " {mount} {tree}";

  private MutantProfile() {}

  /// The profile's text; what its command needs is written to the directory.
  static String of(Mutant mutant, Path directory) throws IOException {
    return switch (mutant.target()) {
      case Mutant.Stored _, Mutant.Store _, Mutant.Archives _ ->
          throw new IllegalArgumentException(mutant + " is served by the JVM of the tests");
      case Mutant.Command(String command, String features) ->
          profile(mutant.name(), READ_AGAIN, command, false, features);
      case Mutant.Own(_, String features) ->
          profile(mutant.name(), READ_AGAIN, "exec " + server(mutant, directory), true, features);
      case Mutant.Shell(String command) ->
          profile(
              mutant.name(),
              READ_AGAIN,
              command.replace("{server}", server(mutant, directory)),
              true,
              "list-root = true\nserver-pid = true\n" + claims());
      case Mutant.Wrapped(_, boolean listed, _, _) ->
          profile(
              mutant.name(),
              READ_AGAIN,
              "exec " + server(mutant, directory),
              true,
              "list-root = " + listed + "\nserver-pid = true\n" + claims());
      case Mutant.Faulty(Fault fault) ->
          profile(
              mutant.name(),
              "true",
              "exec " + java(directory, FaultyMain.class) + ' ' + mutant.name() + PLACES,
              true,
              "list-root = %s\nserver-pid = true\n%s = false\n"
                      .formatted(fault.isRootListed(), Feature.CASTORE_XATTRS.key())
                  + claims(PLAIN));
    };
  }

  private static String claims() {
    return claims(CLAIMS);
  }

  private static String claims(List<Feature> claims) {
    return claims.stream()
        .map(feature -> feature.key() + " = true\n")
        .collect(Collectors.joining());
  }

  private static String server(Mutant mutant, Path directory) throws IOException {
    return java(directory, MutantMain.class) + ' ' + mutant.name() + PLACES;
  }

  /// The command of a JVM that runs a class; its arguments are written to the directory.
  static String java(Path directory, Class<?> main) throws IOException {
    Path arguments = directory.resolve("java-arguments");
    Files.writeString(
        arguments,
        """
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1
        %s
        --enable-native-access=ALL-UNNAMED
        -cp "%s"
        %s
        """
            .formatted(
                main == FaultyMain.class ? "-Dfile.encoding=ISO-8859-1" : "",
                System.getProperty("java.class.path"),
                main.getName()));
    return Path.of(System.getProperty("java.home"), "bin", "java") + " @" + arguments;
  }

  private static String profile(
      String name, String refresh, String command, boolean foreground, String features) {
    return """
    name = "%s"
    kind = "mount"
    [populate]
    method = "none"
    refresh = "%s"
    [mount]
    command = '''%s'''
    foreground = %s
    [features]
    %s
    """
        .formatted(name, refresh, command, foreground, features);
  }
}
