package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.ThreadRounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Runs scripts on platform threads of their own, which end afterwards and take with them what they changed of themselves: user, root, namespaces.
final class ScriptThreads {
  private final ScriptRunner outer;
  private final int[] path;

  private ScriptThreads(ScriptRunner outer) {
    this.outer = outer;
    this.path = outer.path();
  }

  static Outcome parallel(ScriptRunner outer, Call.Parallel call) throws IOException {
    ScriptThreads threads = new ScriptThreads(outer);
    List<ThreadRounds> seen = threads.run(call.threads(), call.rounds());
    return new Outcome(seen.size(), List.of(), seen);
  }

  static Outcome asUser(ScriptRunner outer, Call.AsUser call) throws IOException {
    LoadedClasses.loadAll();
    ScriptThreads threads = new ScriptThreads(outer);
    List<Seat> seats = List.of(threads.new Seat(0, call.script(), 1, call));
    threads.runAll(seats);
    Seat seat = seats.getFirst();
    return seat.becomeError < 0
        ? Outcome.of(seat.becomeError)
        : new Outcome(0, List.of(), List.of(seat.rounds()));
  }

  private List<ThreadRounds> run(List<Script> scripts, int rounds) throws IOException {
    LoadedClasses.loadAll();
    List<Seat> seats = new ArrayList<>();
    for (int number = 0; number < scripts.size(); number++) {
      seats.add(new Seat(number, scripts.get(number), rounds, null));
    }
    runAll(seats);
    return seats.stream().map(Seat::rounds).toList();
  }

  private void runAll(List<Seat> seats) throws IOException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Seat seat : seats) {
      threads.add(Thread.ofPlatform().name("script " + seat.number).start(() -> seat.run(start)));
    }
    start.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted while threads run", e);
    }
    for (Seat seat : seats) {
      if (seat.failure != null) {
        throw new IOException(
            "thread " + seat.number + ": " + seat.failure.getMessage(), seat.failure);
      }
    }
  }

  /// One thread's script and what it has seen. Written by its thread only, read after its end.
  private final class Seat {
    private final int number;
    private final Script script;
    private final int rounds;
    private final Call.@Nullable AsUser user;
    private final List<Observations> distinct = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();
    private int unkept;
    private long becomeError;
    private @Nullable Throwable failure;

    Seat(int number, Script script, int rounds, Call.@Nullable AsUser user) {
      this.number = number;
      this.script = script;
      this.rounds = rounds;
      this.user = user;
    }

    void run(CountDownLatch start) {
      try {
        ScriptRunner runner = new ScriptRunner(outer.session(), outer, append(path, number));
        start.await();
        becomeError = user == null ? 0 : become(runner.kernel(), user);
        for (int round = 0; round < rounds && becomeError == 0; round++) {
          keep(runner.run(script));
        }
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }

    private void keep(Observations seen) {
      for (int index = 0; index < distinct.size(); index++) {
        if (distinct.get(index).sameOutcome(seen)) {
          times.set(index, times.get(index) + 1);
          return;
        }
      }
      if (distinct.size() == ThreadRounds.MAX_DISTINCT) {
        unkept++;
        return;
      }
      distinct.add(seen);
      times.add(1);
    }

    ThreadRounds rounds() {
      return new ThreadRounds(distinct, times, unkept);
    }
  }

  /// The raw calls change this thread alone; the functions of libc would change the whole process.
  private static long become(Kernel kernel, Call.AsUser user) {
    long result = kernel.call("setgroups", 0, 0);
    result = result < 0 ? result : kernel.call("setresgid", user.gid(), user.gid(), user.gid());
    return result < 0 ? result : kernel.call("setresuid", user.uid(), user.uid(), user.uid());
  }

  private static int[] append(int[] path, int number) {
    int[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = number;
    return longer;
  }
}
