package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.frame.Frame;
import io.github.storeproof.conformance.prober.frame.ObservationCodec;
import io.github.storeproof.conformance.prober.frame.ScriptCodec;
import io.github.storeproof.conformance.prober.host.ChildCommand;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The main class of a child: frames on standard input, answers on standard output, everything else on standard error.
///
/// The main thread reads; scripts run on another, so that the end of the input, which is the end of the prober, ends the child in the middle of a script.
/// Its argument is the path of the progress file, or [ChildCommand#ONCE] for one script and no watch over the input.
public final class ProberMain {
  private static final int PR_SET_PDEATHSIG = 1;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private ProberMain() {}

  /// Runs scripts until the input ends.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean once = arguments[0].equals(ChildCommand.ONCE);
    Kernel kernel = new Kernel();
    kernel.require("prctl", PR_SET_PDEATHSIG, Linux.SIGKILL, 0, 0, 0);
    InputStream in = new PipeStreams.Input((int) kernel.require("fcntl", 0, F_DUPFD_CLOEXEC, 3));
    int out = (int) kernel.require("fcntl", 1, F_DUPFD_CLOEXEC, 3);
    hideStandardStreams(kernel);
    Progress progress = Progress.open(once ? "-" : arguments[0]);
    Answers answers = new Answers(out);
    answers.write(new Frame(Frame.Kind.HELLO, hello(kernel)));
    if (once) {
      Session session = new Session(next(in).require(Frame.Kind.ROOT), progress);
      answer(session, answers, next(in));
    } else {
      serve(progress, answers, in);
    }
  }

  /// Standard input becomes empty and standard output the standard error: what else runs in this process cannot disturb the frames.
  private static void hideStandardStreams(Kernel kernel) throws IOException {
    try (Memory memory = new Memory()) {
      long path = memory.cString("/dev/null".getBytes(StandardCharsets.US_ASCII)).address();
      long empty = kernel.require("openat", Linux.AT_FDCWD, path, Linux.O_RDONLY, 0);
      kernel.require("dup3", empty, 0, 0);
      kernel.require("dup3", 2, 1, 0);
      kernel.close((int) empty);
    }
  }

  private static byte[] hello(Kernel kernel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream hello = new DataOutputStream(bytes);
    hello.writeUTF(kernel.machine().name());
    hello.writeInt((int) kernel.call("getpid"));
    return bytes.toByteArray();
  }

  private static Frame next(InputStream in) throws IOException {
    return Frame.readFrom(in)
        .orElseThrow(() -> new IOException("the input ended before the script"));
  }

  /// A script that still runs when the input ends is not waited for.
  private static void serve(Progress progress, Answers answers, InputStream in) throws IOException {
    Session session = new Session(new byte[] {'/'}, progress);
    Thread script = Thread.ofPlatform().unstarted(() -> {});
    for (Optional<Frame> frame = Frame.readFrom(in);
        frame.isPresent();
        frame = Frame.readFrom(in)) {
      Frame request = frame.get();
      if (request.kind() == Frame.Kind.ROOT) {
        session = new Session(request.payload(), progress);
      } else {
        Session current = session;
        script =
            Thread.ofPlatform().name("script").start(() -> answerOrHalt(current, answers, request));
      }
    }
    if (script.isAlive()) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void answerOrHalt(Session session, Answers answers, Frame request) {
    try {
      answer(session, answers, request);
    } catch (IOException e) {
      System.err.println("storeproof prober: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  private static void answer(Session session, Answers answers, Frame request) throws IOException {
    Frame answer;
    try {
      Script script = ScriptCodec.decode(request.require(Frame.Kind.SCRIPT));
      answer = new Frame(Frame.Kind.OBSERVATIONS, ObservationCodec.encode(run(session, script)));
    } catch (Refusal
        | IOException
        | IllegalArgumentException
        | IllegalStateException
        | OutOfMemoryError e) {
      answer =
          new Frame(
              Frame.Kind.REFUSED, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    answers.write(answer);
  }

  private static Observations run(Session session, Script script) throws IOException {
    session.startScript();
    ScriptRunner runner = new ScriptRunner(session, null);
    try {
      return runner.run(script);
    } finally {
      WorkingDirectory.restore(runner.kernel());
    }
  }

  /// The way back; each thread that answers makes its own stream. Thread-safe.
  private record Answers(int descriptor) {
    synchronized void write(Frame frame) throws IOException {
      try (OutputStream out = new BufferedOutputStream(new PipeStreams.Output(descriptor))) {
        frame.writeTo(out);
      }
    }
  }
}
