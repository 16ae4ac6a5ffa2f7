package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.wire.Dirent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one script on the current thread, call by call. Confined.
final class ScriptRunner {
  private final Session session;
  private final @Nullable ScriptRunner outer;
  private final Progress.Marker marker;
  private final Kernel kernel;
  private final Descriptors descriptors = new Descriptors();
  private final List<Observation> done = new ArrayList<>();

  /// A runner for the current thread; `prefix` is where its script lies in the outermost one.
  ScriptRunner(Session session, @Nullable ScriptRunner outer, int... prefix) {
    this.session = session;
    this.outer = outer;
    this.kernel = new Kernel();
    this.marker = session.progress().marker((int) kernel.call("gettid"), prefix);
    kernel.onEachPart(marker::step);
  }

  /// Closes a descriptor at the end of the script, unless the script does.
  void own(long descriptor) {
    descriptors.add(descriptor);
  }

  Session session() {
    return session;
  }

  Kernel kernel() {
    return kernel;
  }

  /// Returns where the call that is being made lies in the outermost script.
  int[] path() {
    return marker.pathOf(done.size());
  }

  /// Runs the script, then closes what it left open.
  Observations run(Script script) throws IOException {
    done.clear();
    try {
      for (Call call : script.calls()) {
        marker.at(done.size());
        done.add(make(call));
      }
      return new Observations(kernel.machine(), done);
    } finally {
      descriptors.release(kernel);
      marker.done();
    }
  }

  private Observation make(Call call) throws IOException {
    if (call instanceof Call.Syscall syscall) {
      return system(syscall);
    }
    long start = System.nanoTime();
    Outcome outcome = compose(call);
    return outcome.observation(call, System.nanoTime() - start);
  }

  private Observation system(Call.Syscall call) {
    try (Memory memory = new Memory()) {
      Arguments arguments = new Arguments(this, memory, call.args());
      long[] values = arguments.values();
      long start = System.nanoTime();
      long result = kernel.call(call.name(), values);
      long nanos = System.nanoTime() - start;
      List<Bytes> outs = arguments.outputs(result);
      if (!Outcome.isError(result)) {
        descriptors.observe(call.name(), values, result);
        observePipe(call.name(), outs);
      }
      return new Outcome(result, outs, List.of()).observation(call, nanos);
    }
  }

  private void observePipe(String name, List<Bytes> outs) {
    if (name.equals("pipe2") || name.equals("socketpair")) {
      descriptors.add(intAt(outs.getFirst().toArray(), 0));
      descriptors.add(intAt(outs.getFirst().toArray(), Integer.BYTES));
    }
  }

  private Outcome compose(Call call) throws IOException {
    return switch (call) {
      case Call.Syscall syscall -> throw new AssertionError(syscall);
      case Call.ReadAll readAll -> FileComposites.readAll(this, readAll);
      case Call.ListAll listAll -> FileComposites.listAll(this, listAll);
      case Call.MapRead mapRead -> MappedMemory.mapRead(this, mapRead);
      case Call.Peek peek -> MappedMemory.peek(this, peek);
      case Call.Poll poll -> FileComposites.poll(this, poll);
      case Call.RingReads reads -> RingReader.read(this, reads);
      case Call.Spawn spawn -> Programs.spawn(this, spawn);
      case Call.Parallel parallel -> ScriptThreads.parallel(this, parallel);
      case Call.AsUser asUser -> ScriptThreads.asUser(this, asUser);
      case Call.OtherProcess other -> Programs.otherProcess(this, other);
      case Call.PassDescriptor(Arg fd) -> Outcome.of(Sockets.pass(this, value(fd)));
      case Call.SignalServer(long processId, int signal, int limitMillis) ->
          Outcome.of(Signals.end(kernel, processId, signal, limitMillis));
      case Call.DropCaches _ -> Outcome.of(FileComposites.dropCaches(kernel));
      case Call.RestoreCwd _ -> Outcome.of(WorkingDirectory.restore(kernel));
      case Call.Sleep(int millis) -> sleep(millis);
    };
  }

  private static Outcome sleep(int millis) throws IOException {
    try {
      Thread.sleep(millis);
      return Outcome.of(0);
    } catch (InterruptedException e) {
      throw new IOException("interrupted while asleep", e);
    }
  }

  /// Returns the value of an argument that is a number.
  long value(Arg arg) {
    return switch (arg) {
      case Arg.Num(long value, _) -> value;
      case Arg.OpenFlags(int flags) -> kernel.machine().openFlags(flags);
      case Arg.RootDir _ -> rootDirectory();
      case Arg.Result(Arg.Ref ref) -> observation(ref).result();
      case Arg.OutInt(Arg.Ref ref, int outIndex, int offsetBytes) ->
          intAt(output(ref, outIndex), offsetBytes);
      case Arg.DirentOffset(Arg.Ref ref, int entryIndex) ->
          direntOffset(observation(ref), entryIndex);
      case Arg.CString _,
          Arg.RootPath _,
          Arg.Out _,
          Arg.OutVector _,
          Arg.In _,
          Arg.InOut _,
          Arg.OutBytes _ ->
          throw new Refusal(arg + " is a pointer, want a number");
    };
  }

  /// Returns an output of an earlier call; empty when the call has none.
  byte[] output(Arg.Ref ref, int outIndex) {
    List<Bytes> outs = observation(ref).outs();
    return outIndex < outs.size() ? outs.get(outIndex).toArray() : new byte[0];
  }

  /// Lets a program that is started now inherit every descriptor of this script and of those around it.
  void shareDescriptors() {
    for (ScriptRunner runner = this; runner != null; runner = runner.outer) {
      runner.descriptors.share(kernel);
    }
  }

  private Observation observation(Arg.Ref ref) {
    ScriptRunner runner = this;
    for (int level = 0; level < ref.levelsUp() && runner != null; level++) {
      runner = runner.outer;
    }
    if (runner == null || ref.callIndex() >= runner.done.size()) {
      throw new Refusal(ref + " is no earlier call");
    }
    return runner.done.get(ref.callIndex());
  }

  private long rootDirectory() {
    try (Memory memory = new Memory()) {
      int flags = kernel.machine().openFlags(Linux.O_PATH | Linux.O_DIRECTORY | Linux.O_CLOEXEC);
      long path = memory.cString(session.path(Bytes.EMPTY)).address();
      long descriptor = kernel.call("openat", Linux.AT_FDCWD, path, flags, 0);
      if (descriptor < 0) {
        return -1;
      }
      descriptors.add(descriptor);
      return descriptor;
    }
  }

  private static long direntOffset(Observation listing, int entryIndex) {
    int index = entryIndex;
    for (Bytes block : listing.outs()) {
      List<Dirent> entries = Dirent.decodeAll(block.toArray());
      if (index < entries.size()) {
        return entries.get(index).off();
      }
      index -= entries.size();
    }
    return -1;
  }

  private static int intAt(byte[] bytes, int offset) {
    return offset + Integer.BYTES <= bytes.length
        ? ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(offset)
        : -1;
  }
}
