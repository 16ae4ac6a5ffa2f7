package io.github.storeproof.store.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process that says what a store has acknowledged to it, until it is killed. *Confined.*
public final class KilledProcess {
  private final Process process;

  private KilledProcess(Process process) {
    this.process = process;
  }

  /// Starts one.
  public static KilledProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new KilledProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Kills it, some time after it has said so many lines.
  ///
  /// @return all that it had said
  public List<String> killAfter(int lineCount, long waitMillis)
      throws IOException, InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (int i = 0; i < lineCount; i++) {
        acknowledged.add(lines.readLine());
      }
      Thread.sleep(waitMillis);
      // That of the process itself would close the stream with what was said.
      process.toHandle().destroyForcibly();
      process.waitFor();
      // What was said before the end; the last line may be cut.
      lines.lines().filter(line -> line.endsWith("-killed")).forEach(acknowledged::add);
    }
    return acknowledged;
  }
}
