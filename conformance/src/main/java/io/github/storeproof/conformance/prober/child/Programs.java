package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.prober.frame.Frame;
import io.github.storeproof.conformance.prober.frame.ObservationCodec;
import io.github.storeproof.conformance.prober.frame.ScriptCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Calls that start programs: any, or another child like this one.
final class Programs {
  private static final int KEPT_BYTES = 1 << 20;

  private Programs() {}

  static Outcome spawn(ScriptRunner runner, Call.Spawn call) throws IOException {
    List<byte[]> argv = call.argv().stream().map(arg -> text(runner, arg)).toList();
    List<byte[]> environment = call.environment().stream().map(Bytes::toArray).toList();
    Program program = new Program(runner.kernel(), text(runner, call.program()), argv, environment);
    Program.Exit exit = program.run(new byte[0], KEPT_BYTES);
    if (exit.errno() != 0) {
      return Outcome.of(-exit.errno());
    }
    ByteBuffer status =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(exit.waitStatus());
    Session session = runner.session();
    return Outcome.of(
        0,
        Bytes.wrap(status.array()),
        session.keep(exit.stdout().toArray()),
        session.keep(exit.stderr().toArray()));
  }

  private static byte[] text(ScriptRunner runner, Arg arg) {
    return switch (arg) {
      case Arg.CString(Bytes value) -> value.toArray();
      case Arg.RootPath(Bytes relative) -> runner.session().path(relative);
      case Arg.Num _, Arg.OpenFlags _, Arg.RootDir _, Arg.Result _, Arg.OutInt _ ->
          throw new Refusal(arg + " is no text");
      case Arg.OutBytes _, Arg.DirentOffset _, Arg.Out _, Arg.OutVector _, Arg.In _, Arg.InOut _ ->
          throw new Refusal(arg + " is no text");
    };
  }

  static Outcome otherProcess(ScriptRunner runner, Call.OtherProcess call) throws IOException {
    Script script = call.script().detached(arg -> detach(runner, arg));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    new Frame(Frame.Kind.ROOT, runner.session().path(Bytes.EMPTY)).writeTo(request);
    new Frame(Frame.Kind.SCRIPT, ScriptCodec.encode(script)).writeTo(request);
    runner.shareDescriptors();
    List<byte[]> command = OwnCommand.again();
    Program program = new Program(runner.kernel(), OwnCommand.executable(), command, List.of());
    Program.Exit exit = program.run(request.toByteArray(), Frame.MAX_BYTES);
    Observations seen =
        ObservationCodec.decode(answer(exit), call.script(), runner.kernel().machine());
    runner.session().charge(exit.stdout().length());
    return new Outcome(0, List.of(), List.of(new ThreadRounds(List.of(seen), List.of(1), 0)));
  }

  private static byte[] answer(Program.Exit exit) throws IOException {
    ByteArrayInputStream frames = new ByteArrayInputStream(exit.stdout().toArray());
    for (var frame = Frame.readFrom(frames); frame.isPresent(); frame = Frame.readFrom(frames)) {
      if (frame.get().kind() == Frame.Kind.OBSERVATIONS) {
        return frame.get().payload();
      }
      if (frame.get().kind() == Frame.Kind.REFUSED) {
        throw new Refusal(
            "other process: " + new String(frame.get().payload(), StandardCharsets.UTF_8));
      }
    }
    String stderr = new String(exit.stderr().toArray(), StandardCharsets.UTF_8);
    throw new IOException(
        "other process ended without an answer, wait status "
            + exit.waitStatus()
            + ", errno "
            + exit.errno()
            + ": "
            + stderr);
  }

  /// The argument comes with a reference as this script sees it: what it stands for now.
  private static Arg detach(ScriptRunner runner, Arg arg) {
    if (arg instanceof Arg.OutBytes(Arg.Ref ref, int outIndex)) {
      return new Arg.In(Bytes.wrap(runner.output(ref, outIndex)));
    }
    return Arg.num(runner.value(arg));
  }
}
