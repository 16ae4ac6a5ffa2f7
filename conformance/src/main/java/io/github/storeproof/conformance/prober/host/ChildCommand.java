package io.github.storeproof.conformance.prober.host;

import io.github.storeproof.model.B3Digest;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The command line of a child: the Java that runs this program, with the smallest class path and the fastest start.
public final class ChildCommand {
  /// In place of the progress file: one script, then the end.
  public static final String ONCE = "--once";

  private static final String MAIN = "io.github.storeproof.conformance.prober.child.ProberMain";

  private ChildCommand() {}

  /// Returns the command line for a progress file.
  public static List<String> of(Path progressFile) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx768m",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            MAIN,
            progressFile.toString()));
    return command;
  }

  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    places.add(location(ChildCommand.class));
    places.add(location(B3Digest.class));
    return String.join(File.pathSeparator, places);
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("class path of " + type.getName(), e);
    }
  }
}
