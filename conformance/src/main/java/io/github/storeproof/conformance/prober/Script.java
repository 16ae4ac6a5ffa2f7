package io.github.storeproof.conformance.prober;

import io.github.storeproof.conformance.prober.render.JsonScript;
import io.github.storeproof.conformance.prober.render.PseudoC;
import io.github.storeproof.conformance.prober.render.PythonProgram;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A list of calls, as data: made by a [Builder], run by a [Prober], shrunk by [#without]. Immutable; equal by content.
///
/// @param calls in the order in which they are made; a call refers only to earlier ones
public record Script(List<Call> calls) {
  /// Refuses a call that refers to itself or to a later one.
  public Script {
    calls = List.copyOf(calls);
    ScriptParts.checkReferences(calls);
  }

  /// Returns a builder of an empty script.
  public static Builder builder() {
    return new Builder(null);
  }

  /// Returns the script that some code builds.
  public static Script of(Consumer<Builder> code) {
    Builder builder = builder();
    code.accept(builder);
    return builder.build();
  }

  /// Returns this script without a call, without every call that depends on it, and without nested calls that do.
  public Script without(int callIndex) {
    return ScriptParts.without(this, callIndex);
  }

  /// Returns the script of some of the calls, by their positions; those that depend on others are dropped with them.
  public Script keeping(BitSet positions) {
    return ScriptParts.keeping(this, positions);
  }

  /// Returns this script after a call that makes the kernel drop its caches.
  public Script withColdCaches() {
    return ScriptParts.withColdCaches(this);
  }

  /// Returns scripts that do a little less than this one, the simplest first, made one by one as they are asked for; every chain ends with the empty script.
  public Stream<Script> simplifications() {
    return ScriptParts.simplifications(this);
  }

  /// Returns this script with every argument that refers to a script around it replaced by what that stands for.
  ///
  /// @param meaning gets such an argument with its reference as the script directly around sees it
  public Script detached(UnaryOperator<Arg> meaning) {
    return ScriptParts.detached(this, meaning);
  }

  /// Returns the number of calls, those of nested scripts included: what shrinking makes smaller.
  public int weight() {
    return calls.stream()
        .mapToInt(call -> 1 + call.nested().stream().mapToInt(Script::weight).sum())
        .sum();
  }

  /// Returns the script as C that a person reads: one line for each call, bytes escaped.
  public String toPseudoC() {
    return PseudoC.render(this);
  }

  /// Returns a stand-alone Python 3 program that makes the same calls below the directory in `argv[1]` and prints one line for each,
  /// in the form of [Observations#lines].
  public String toPython() {
    return PythonProgram.render(this);
  }

  /// Returns the script as JSON; [#fromJson] gives back an equal one.
  public String toJson() {
    return JsonScript.write(this);
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException if the text is no script
  public static Script fromJson(String json) {
    return JsonScript.read(json);
  }

  @Override
  public String toString() {
    return toPseudoC();
  }

  /// Collects calls. Each method adds one and returns its [Slot]; the methods are in the interfaces, by what they do. Confined.
  public static final class Builder
      implements OpenCalls,
          ReadCalls,
          StatCalls,
          XattrCalls,
          DirectoryCalls,
          WriteCalls,
          NamespaceCalls,
          MapCalls,
          WatchCalls,
          CompositeCalls {
    private final List<Call> calls = new ArrayList<>();
    private final @Nullable Builder outer;

    Builder(@Nullable Builder outer) {
      this.outer = outer;
    }

    @Override
    public Slot add(Call call) {
      calls.add(call);
      return new Slot(this, calls.size() - 1);
    }

    @Override
    public Arg.Ref reference(Slot slot) {
      int levelsUp = 0;
      for (Builder at = this; at != null; at = at.outer) {
        if (slot.owner() == at) {
          return new Arg.Ref(slot.index(), levelsUp);
        }
        levelsUp++;
      }
      throw new IllegalArgumentException("slot " + slot + " belongs to another script");
    }

    @Override
    public Script nested(Consumer<Builder> code) {
      Builder inner = new Builder(this);
      code.accept(inner);
      return inner.build();
    }

    /// Returns the number of calls so far.
    public int callCount() {
      return calls.size();
    }

    /// Returns the script.
    public Script build() {
      return new Script(calls);
    }
  }
}
