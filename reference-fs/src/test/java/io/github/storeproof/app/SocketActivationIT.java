package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.B3Digest;
import java.io.BufferedReader;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon on a socket that another program has opened, as systemd does. The launcher makes it
/// the standard input.
@Timeout(120)
class SocketActivationIT {
  /// Opens a socket, says where it is, and becomes the program that is named behind the address.
  private static final String PASS =
      """
      import os, socket, sys
      if sys.argv[1].startswith('/'):
          listening = socket.socket(socket.AF_UNIX)
          listening.bind(sys.argv[1])
          print('grpc+unix://' + sys.argv[1], flush=True)
      else:
          listening = socket.socket()
          listening.bind(('127.0.0.1', 0))
          print('grpc+http://127.0.0.1:%d' % listening.getsockname()[1], flush=True)
      listening.listen(16)
      os.dup2(listening.fileno(), 0)
      os.environ['LISTEN_PID'] = str(os.getpid())
      os.environ['LISTEN_FDS'] = '1'
      os.execvp(sys.argv[2], sys.argv[2:])
      """;

  private static final StoreConnections.Reaching PATIENT =
      new StoreConnections.Reaching(
          Duration.ofSeconds(60), Optional.empty(), Optional.empty(), Watching.NOTHING);

  @TempDir private Path directory;

  private Process start(String address) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-c", PASS, address));
    command.addAll(CastoreProcess.castore("daemon", "-l", "systemd:"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void putAndRead(Process daemon) throws Exception {
    try (BufferedReader out = daemon.inputReader()) {
      // Who comes before the daemon listens is served when it does.
      StoreAddress address = new StoreAddress.Converter().convert(out.readLine());
      try (OpenStores open = OpenStores.open(PATIENT, connections -> connections.all(address))) {
        B3Digest digest = open.stores().blobs().put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
        assertThat(open.stores().blobs().has(digest)).isTrue();
      }
      daemon.destroy();
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      daemon.destroyForcibly();
    }
  }

  @Test
  void aUnixSocketIsServedAndItsFileStays() throws Exception {
    Path socket = directory.resolve("socket");
    putAndRead(start(socket.toString()));
    assertThat(Files.exists(socket)).isTrue();
  }

  @Test
  void aTcpSocketIsServed() throws Exception {
    putAndRead(start("tcp"));
  }

  @Test
  void withoutASocketTheMessageSaysWhatWasWanted() throws Exception {
    Process daemon = new ProcessBuilder(CastoreProcess.castore("daemon", "-l", "systemd:")).start();
    try (BufferedReader err = daemon.errorReader()) {
      assertThat(err.readLine()).contains("no listening socket was passed: LISTEN_FDS is null");
      assertThat(daemon.waitFor()).isEqualTo(2);
    } finally {
      daemon.destroyForcibly();
    }
  }
}
