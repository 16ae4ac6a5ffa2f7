package io.github.storeproof.conformance.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Small programs that the child makes on its own: programs, threads, users, processes.
public non-sealed interface CompositeCalls extends Calls {
  /// Starts a program, waits for it and keeps up to 1 MiB of each of its outputs; `arguments` include argument 0; see [Observation#exit].
  default Slot spawn(Arg program, List<? extends Arg> arguments, List<String> environment) {
    return add(
        new Call.Spawn(
            program, List.copyOf(arguments), environment.stream().map(Bytes::of).toList()));
  }

  /// Starts a program without an environment, with its path as argument 0.
  default Slot spawn(String program, String... arguments) {
    List<Arg> all = new ArrayList<>();
    all.add(Arg.path(program));
    for (String argument : arguments) {
      all.add(Arg.raw(argument));
    }
    return add(new Call.Spawn(Arg.path(program), all, List.of()));
  }

  /// Runs code on `threads` threads at once, `rounds` times; `code` gets the builder and number of each thread. See [Observation#threads].
  default Slot parallel(int threads, int rounds, BiConsumer<Script.Builder, Integer> code) {
    List<Script> scripts = new ArrayList<>(threads);
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      scripts.add(nested(builder -> code.accept(builder, number)));
    }
    return add(new Call.Parallel(scripts, rounds));
  }

  /// Runs code on a thread of its own that ends afterwards, so that it may unshare and chroot. See [Observation#inner].
  default Slot onThread(Consumer<Script.Builder> code) {
    return add(new Call.Parallel(List.of(nested(code)), 1));
  }

  /// Runs code as another user, with no other groups and no capabilities. See [Observation#inner].
  default Slot asUser(int uid, int gid, Consumer<Script.Builder> code) {
    return add(new Call.AsUser(uid, gid, nested(code)));
  }

  /// Runs code in another process, which shares this one's open file descriptions, as after fork(2). See [Observation#inner].
  default Slot otherProcess(Consumer<Script.Builder> code) {
    return add(new Call.OtherProcess(nested(code)));
  }

  /// Sends a descriptor over a socket and receives it again; the slot is the descriptor that arrives.
  default Slot passDescriptor(Operand fd) {
    return add(new Call.PassDescriptor(arg(fd)));
  }

  /// Sends a signal to the process that serves the mount and to its group, and waits at most 5 seconds for its end.
  default Slot signalServer(long processId, int signal) {
    return signalServer(processId, signal, 5000);
  }

  /// Sends a signal to the process that serves the mount and to its group, and waits for its end; ETIMEDOUT when it stays.
  default Slot signalServer(long processId, int signal, int limitMillis) {
    return add(new Call.SignalServer(processId, signal, limitMillis));
  }

  /// Makes the kernel drop clean pages, dentries and inodes; EACCES or EROFS where that is not allowed.
  default Slot dropCaches() {
    return add(new Call.DropCaches());
  }

  /// Waits.
  default Slot sleep(int millis) {
    return add(new Call.Sleep(millis));
  }
}
