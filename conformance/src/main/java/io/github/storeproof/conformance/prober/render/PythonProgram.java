package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts as stand-alone Python 3 programs: the runtime `replay.py` with the calls and the numbers of all known system calls put in.
public final class PythonProgram {
  private static final String INDENT = "    ";

  private PythonProgram() {}

  /// Returns the program.
  public static String render(Script script) {
    return runtime()
        .replace("    #NUMBERS\n", numbers())
        .replace("    #OPENING\n", opening())
        .replace("    #CALLS\n", calls(script, INDENT));
  }

  private static String runtime() {
    try (InputStream stream = PythonProgram.class.getResourceAsStream("replay.py")) {
      if (stream == null) {
        throw new IllegalStateException(
            "replay.py is missing beside " + PythonProgram.class.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String numbers() {
    return Syscalls.names().stream()
        .map(name ->
            INDENT
                + quote(name)
                + ": ("
                + Syscalls.number(name, Machine.X86_64)
                + ", "
                + Syscalls.number(name, Machine.AARCH64)
                + "),\n")
        .collect(Collectors.joining());
  }

  private static String opening() {
    return Syscalls.names().stream()
        .filter(Syscalls::opens)
        .map(name -> INDENT + quote(name) + ",\n")
        .collect(Collectors.joining());
  }

  private static String calls(Script script, String indent) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < script.calls().size(); index++) {
      Call call = script.calls().get(index);
      String comment = "r" + index + " = " + PseudoC.render(call);
      text.append(indent).append('(').append(quote(comment)).append(", ");
      text.append(fields(call, indent + INDENT)).append("),\n");
    }
    return text.toString();
  }

  /// The name of a method of the runtime's `Runner`, and its arguments.
  private static String fields(Call call, String indent) {
    return switch (call) {
      case Call.Syscall(String name, List<Arg> args) -> join("call", quote(name), args(args));
      case Call.ReadAll(Arg fd, int buffer, int head) -> join("read_all", arg(fd), buffer, head);
      case Call.ListAll(Arg fd, int buffer, int max) -> join("list_all", arg(fd), buffer, max);
      case Call.MapRead(Arg fd, int length, long offset, int flags) ->
          join("map_read", arg(fd), length, offset, flags);
      case Call.Peek(Arg address, long offset, int length) ->
          join("peek", arg(address), offset, length);
      case Call.Poll(Arg fd, int events, int timeout) -> join("poll", arg(fd), events, timeout);
      case Call.RingReads(Arg fd, List<Call.Range> ranges) ->
          join(
              "ring_reads",
              arg(fd),
              ranges.stream()
                  .map(range -> "(" + range.offsetBytes() + ", " + range.lengthBytes() + ")")
                  .collect(Collectors.joining(", ", "[", "]")));
      case Call.Spawn(Arg program, List<Arg> argv, List<Bytes> environment) ->
          join(
              "spawn",
              arg(program),
              "[" + args(argv) + "]",
              "["
                  + environment.stream().map(PythonProgram::bytes).collect(Collectors.joining(", "))
                  + "]");
      case Call.Parallel(List<Script> threads, int rounds) ->
          join(
              "parallel",
              rounds,
              threads.stream()
                  .map(thread -> nested(thread, indent))
                  .collect(Collectors.joining(", ")));
      case Call.AsUser(int uid, int gid, Script script) ->
          join("as_user", uid, gid, nested(script, indent));
      case Call.OtherProcess(Script script) -> join("other_process", nested(script, indent));
      case Call.PassDescriptor(Arg fd) -> join("pass_descriptor", arg(fd));
      case Call.SignalServer(_, int signal, int limitMillis) ->
          join("signal_server", signal, limitMillis);
      case Call.DropCaches _ -> join("drop_caches");
      case Call.RestoreCwd _ -> join("restore_cwd");
      case Call.Sleep(int millis) -> join("sleep", millis);
    };
  }

  private static String nested(Script script, String indent) {
    return "[\n" + calls(script, indent) + indent.substring(INDENT.length()) + "]";
  }

  private static String join(String method, Object... fields) {
    StringBuilder text = new StringBuilder(quote(method));
    for (Object field : fields) {
      if (!field.toString().isEmpty()) {
        text.append(", ").append(field);
      }
    }
    return text.toString();
  }

  private static String args(List<Arg> args) {
    return args.stream().map(PythonProgram::arg).collect(Collectors.joining(", "));
  }

  private static String arg(Arg arg) {
    return switch (arg) {
      case Arg.Num(long value, _) -> Long.toString(value);
      case Arg.OpenFlags(int flags) -> "(\"flags\", 0o" + Integer.toOctalString(flags) + ")";
      case Arg.CString(Bytes value) -> "(\"raw\", " + bytes(value) + ")";
      case Arg.RootPath(Bytes relative) -> "(\"path\", " + bytes(relative) + ")";
      case Arg.RootDir _ -> "(\"rootdir\",)";
      case Arg.Result(Arg.Ref ref) -> "(\"r\", " + reference(ref) + ")";
      case Arg.OutInt(Arg.Ref ref, int out, int offset) ->
          "(\"out_int\", " + reference(ref) + ", " + out + ", " + offset + ")";
      case Arg.OutBytes(Arg.Ref ref, int out) ->
          "(\"out_bytes\", " + reference(ref) + ", " + out + ")";
      case Arg.DirentOffset(Arg.Ref ref, int entry) ->
          "(\"d_off\", " + reference(ref) + ", " + entry + ")";
      case Arg.Out(int size, boolean resultIsLength) ->
          "(\"out\", " + size + ", " + (resultIsLength ? "True" : "False") + ")";
      case Arg.OutVector(List<Integer> sizes) -> "(\"out_vector\", " + sizes + ")";
      case Arg.In(Bytes value) -> "(\"in\", " + bytes(value) + ")";
      case Arg.InOut(Bytes initial) -> "(\"in_out\", " + bytes(initial) + ")";
    };
  }

  private static String reference(Arg.Ref ref) {
    return ref.callIndex() + ", " + ref.levelsUp();
  }

  private static String bytes(Bytes value) {
    return "b\"" + value + '"';
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
