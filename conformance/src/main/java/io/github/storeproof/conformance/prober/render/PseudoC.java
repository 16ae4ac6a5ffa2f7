package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Symbols;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts as C that a person reads: `r3 = pread64(r2, buf[4096], 4096, 0);`. A result of the script around this one is `outer.r3`.
public final class PseudoC {
  private static final int DATA_BYTES = 64;

  private PseudoC() {}

  /// Returns the script as text that ends with a newline; empty for an empty script.
  public static String render(Script script) {
    StringBuilder text = new StringBuilder();
    append(text, script, "");
    return text.toString();
  }

  /// Returns one call, without its result and without the calls inside it.
  public static String render(Call call) {
    return switch (call) {
      case Call.Syscall(String name, List<Arg> args) -> name + "(" + join(args) + ")";
      case Call.ReadAll(Arg fd, int buffer, int head) ->
          "read_all("
              + arg(fd)
              + ", buf["
              + buffer
              + "]"
              + (head > 0 ? ", head " + head : "")
              + ")";
      case Call.ListAll(Arg fd, int buffer, int max) ->
          "list_all(" + arg(fd) + ", buf[" + buffer + "], at most " + max + " calls)";
      case Call.MapRead(Arg fd, int length, long offset, int flags) ->
          "map_read("
              + arg(fd)
              + ", "
              + length
              + ", "
              + offset
              + ", "
              + Symbols.mapFlags(flags)
              + ")";
      case Call.Peek(Arg address, long offset, int length) ->
          "peek(" + arg(address) + " + " + offset + ", " + length + ")";
      case Call.Poll(Arg fd, int events, int timeout) ->
          "poll({" + arg(fd) + ", 0x" + Integer.toHexString(events) + "}, 1, " + timeout + ")";
      case Call.RingReads(Arg fd, List<Call.Range> ranges) ->
          "ring_reads("
              + arg(fd)
              + ranges.stream()
                  .map(range -> ", {" + range.lengthBytes() + ", " + range.offsetBytes() + "}")
                  .collect(Collectors.joining())
              + ")";
      case Call.Spawn(Arg program, List<Arg> argv, List<Bytes> environment) ->
          "spawn("
              + arg(program)
              + ", {"
              + join(argv)
              + "}, {"
              + environment.stream()
                  .map(e -> '"' + e.toString() + '"')
                  .collect(Collectors.joining(", "))
              + "})";
      case Call.Parallel(List<Script> threads, int rounds) ->
          "parallel(" + threads.size() + " threads, " + rounds + " rounds)";
      case Call.AsUser(int uid, int gid, _) -> "as_user(" + uid + ", " + gid + ")";
      case Call.OtherProcess _ -> "other_process()";
      case Call.PassDescriptor(Arg fd) -> "pass_descriptor(" + arg(fd) + ")";
      case Call.SignalServer(_, int signal, int limitMillis) ->
          "signal_server(" + signal + ", at most " + limitMillis + " ms)";
      case Call.DropCaches _ -> "drop_caches()";
      case Call.RestoreCwd _ -> "restore_cwd()";
      case Call.Sleep(int millis) -> "sleep(" + millis + " ms)";
    };
  }

  private static void append(StringBuilder text, Script script, String indent) {
    for (int index = 0; index < script.calls().size(); index++) {
      Call call = script.calls().get(index);
      text.append(indent).append('r').append(index).append(" = ").append(render(call));
      if (call.nested().isEmpty()) {
        text.append(";\n");
        continue;
      }
      for (Script nested : call.nested()) {
        text.append(" {\n");
        append(text, nested, indent + "  ");
        text.append(indent).append('}');
      }
      text.append(";\n");
    }
  }

  private static String join(List<Arg> args) {
    return args.stream().map(PseudoC::arg).collect(Collectors.joining(", "));
  }

  private static String arg(Arg arg) {
    return switch (arg) {
      case Arg.Num(long value, String symbol) -> symbol.isEmpty() ? Long.toString(value) : symbol;
      case Arg.OpenFlags(int flags) -> Symbols.open(flags);
      case Arg.CString(Bytes value) -> '"' + value.toString() + '"';
      case Arg.RootPath(Bytes relative) ->
          relative.length() == 0 ? "root" : "root \"/" + relative + '"';
      case Arg.RootDir _ -> "rootfd";
      case Arg.Result(Arg.Ref ref) -> name(ref);
      case Arg.OutInt(Arg.Ref ref, int out, int offset) ->
          name(ref) + ".out" + out + "[" + offset / Integer.BYTES + "]";
      case Arg.OutBytes(Arg.Ref ref, int out) -> name(ref) + ".out" + out;
      case Arg.DirentOffset(Arg.Ref ref, int entry) -> name(ref) + ".entry[" + entry + "].d_off";
      case Arg.Out(int size, _) -> "buf[" + size + "]";
      case Arg.OutVector(List<Integer> sizes) -> "iov" + sizes;
      case Arg.In(Bytes value) -> Escapes.quote(value.toArray(), DATA_BYTES);
      case Arg.InOut(Bytes initial) -> "&" + Escapes.quote(initial.toArray(), DATA_BYTES);
    };
  }

  private static String name(Arg.Ref ref) {
    return "outer.".repeat(ref.levelsUp()) + "r" + ref.callIndex();
  }
}
