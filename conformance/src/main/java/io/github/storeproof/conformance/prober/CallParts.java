package io.github.storeproof.conformance.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Takes calls apart and puts them together again; the one place that knows where each kind keeps its arguments.
final class CallParts {
  private CallParts() {}

  static List<Arg> args(Call call) {
    return switch (call) {
      case Call.Syscall(_, List<Arg> args) -> args;
      case Call.ReadAll(Arg fd, _, _) -> List.of(fd);
      case Call.ListAll(Arg fd, _, _) -> List.of(fd);
      case Call.MapRead(Arg fd, _, _, _) -> List.of(fd);
      case Call.Peek(Arg address, _, _) -> List.of(address);
      case Call.Poll(Arg fd, _, _) -> List.of(fd);
      case Call.RingReads(Arg fd, _) -> List.of(fd);
      case Call.PassDescriptor(Arg fd) -> List.of(fd);
      case Call.Spawn(Arg program, List<Arg> argv, _) -> prepend(program, argv);
      case Call.Parallel _, Call.AsUser _, Call.OtherProcess _ -> List.of();
      case Call.SignalServer _, Call.DropCaches _, Call.RestoreCwd _, Call.Sleep _ -> List.of();
    };
  }

  static List<Script> nested(Call call) {
    return switch (call) {
      case Call.Parallel(List<Script> threads, _) -> threads;
      case Call.AsUser(_, _, Script script) -> List.of(script);
      case Call.OtherProcess(Script script) -> List.of(script);
      case Call.Syscall _,
          Call.ReadAll _,
          Call.ListAll _,
          Call.MapRead _,
          Call.Peek _,
          Call.Poll _,
          Call.RingReads _,
          Call.PassDescriptor _,
          Call.Spawn _ ->
          List.of();
      case Call.SignalServer _, Call.DropCaches _, Call.RestoreCwd _, Call.Sleep _ -> List.of();
    };
  }

  static Call map(Call call, UnaryOperator<Arg> argument, UnaryOperator<Script> script) {
    return switch (call) {
      case Call.Syscall(String name, List<Arg> args) ->
          new Call.Syscall(name, args.stream().map(argument).toList());
      case Call.ReadAll(Arg fd, int buffer, int head) ->
          new Call.ReadAll(argument.apply(fd), buffer, head);
      case Call.ListAll(Arg fd, int buffer, int max) ->
          new Call.ListAll(argument.apply(fd), buffer, max);
      case Call.MapRead(Arg fd, int length, long offset, int flags) ->
          new Call.MapRead(argument.apply(fd), length, offset, flags);
      case Call.Peek(Arg address, long offset, int length) ->
          new Call.Peek(argument.apply(address), offset, length);
      case Call.Poll(Arg fd, int events, int timeout) ->
          new Call.Poll(argument.apply(fd), events, timeout);
      case Call.RingReads(Arg fd, List<Call.Range> ranges) ->
          new Call.RingReads(argument.apply(fd), ranges);
      case Call.PassDescriptor(Arg fd) -> new Call.PassDescriptor(argument.apply(fd));
      case Call.Spawn(Arg program, List<Arg> argv, List<Bytes> environment) ->
          new Call.Spawn(
              argument.apply(program), argv.stream().map(argument).toList(), environment);
      case Call.Parallel(List<Script> threads, int rounds) ->
          new Call.Parallel(threads.stream().map(script).toList(), rounds);
      case Call.AsUser(int uid, int gid, Script nested) ->
          new Call.AsUser(uid, gid, script.apply(nested));
      case Call.OtherProcess(Script nested) -> new Call.OtherProcess(script.apply(nested));
      case Call.SignalServer same -> same;
      case Call.DropCaches same -> same;
      case Call.RestoreCwd same -> same;
      case Call.Sleep same -> same;
    };
  }

  private static List<Arg> prepend(Arg first, List<Arg> rest) {
    List<Arg> all = new ArrayList<>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }
}
