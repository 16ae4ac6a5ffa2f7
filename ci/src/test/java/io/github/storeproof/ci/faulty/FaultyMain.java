package io.github.storeproof.ci.faulty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Mounts plain directories through libfuse 2. `none` is no fault.
///
/// - `FaultyMain FAULT MOUNT_POINT TREE` mounts one and ends when it is unmounted.
/// - `FaultyMain` mounts what the lines of its input say, in the same words, and ends with its input. Each mount answers on
///   one thread: those of libfuse become threads of the JVM anew with each request, which costs ten times as much.
public final class FaultyMain {
  private static final Queue<LibFuseMount> IDLE = new ConcurrentLinkedQueue<>();

  private FaultyMain() {}

  /// Serves.
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      serveLines();
    } else {
      serve(args, "-o", Faults.named(args[0]).options());
    }
    // Threads that hang are left behind.
    Runtime.getRuntime().halt(0);
  }

  private static void serveLines() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      Thread.ofPlatform()
          .daemon()
          .name(words[0])
          .start(() -> serve(words, "-s", "-o", Faults.named(words[0]).options()));
    }
  }

  private static void serve(String[] words, String... arguments) {
    PlainDirectory directory = Faults.named(words[0]).filesystem().apply(words[2]);
    LibFuseMount idle = IDLE.poll();
    LibFuseMount mount = idle == null ? new LibFuseMount(directory) : idle;
    mount.serve(directory, Path.of(words[1]), arguments);
    IDLE.add(mount);
  }
}
