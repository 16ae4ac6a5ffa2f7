package io.github.storeproof.conformance.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What the groups of calls of a [Script.Builder] are built on.
public sealed interface Calls
    permits OpenCalls,
        ReadCalls,
        StatCalls,
        XattrCalls,
        DirectoryCalls,
        WriteCalls,
        NamespaceCalls,
        MapCalls,
        WatchCalls,
        CompositeCalls {
  /// Adds any call.
  Slot add(Call call);

  /// Returns a reference to the call of a slot, which may belong to a script around this one.
  Arg.Ref reference(Slot slot);

  /// Returns a script whose calls may use the slots of this one.
  Script nested(Consumer<Script.Builder> code);

  /// Adds any system call by its name: `s.call("linkat", Arg.cwd(), Arg.path("a"), …)`.
  default Slot call(String name, Operand... operands) {
    List<Arg> args = new ArrayList<>(operands.length);
    for (Operand operand : operands) {
      args.add(arg(operand));
    }
    return add(new Call.Syscall(name, args));
  }

  /// Returns an operand as an argument: a slot stands for the result of its call.
  default Arg arg(Operand operand) {
    return switch (operand) {
      case Arg arg -> arg;
      case Slot slot -> new Arg.Result(reference(slot));
    };
  }
}
