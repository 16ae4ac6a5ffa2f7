package io.github.storeproof.conformance.prober;

import io.github.storeproof.conformance.prober.render.PseudoC;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Checks scripts and makes smaller ones.
final class ScriptParts {
  private static final int DROPPED = -1;

  private ScriptParts() {}

  static void checkReferences(List<Call> calls) {
    for (int index = 0; index < calls.size(); index++) {
      checkReferences(calls.get(index), index, 0);
    }
  }

  /// Every reference that reaches this script, from whatever depth, names an earlier call of it.
  private static void checkReferences(Call call, int index, int depth) {
    for (Arg arg : call.args()) {
      Optional<Arg.Ref> ref = arg.reference();
      if (ref.isPresent() && ref.get().levelsUp() == depth && ref.get().callIndex() >= index) {
        throw new IllegalArgumentException(
            "call " + index + " refers to call " + ref.get().callIndex() + ", want an earlier one");
      }
    }
    for (Script nested : call.nested()) {
      nested.calls().forEach(inner -> checkReferences(inner, index, depth + 1));
    }
  }

  static Script without(Script script, int callIndex) {
    if (callIndex < 0 || callIndex >= script.calls().size()) {
      throw new IllegalArgumentException(
          "no call " + callIndex + " in a script of " + script.calls().size());
    }
    return filter(script, dropOne(script.calls().size(), callIndex));
  }

  static Script keeping(Script script, BitSet kept) {
    boolean[] keep = new boolean[script.calls().size()];
    for (int index = 0; index < keep.length; index++) {
      keep[index] = kept.get(index);
    }
    return filter(script, keep);
  }

  static Script withColdCaches(Script script) {
    int[] renumbered = IntStream.rangeClosed(1, script.calls().size()).toArray();
    Stream<Call> later = script.calls().stream().map(call -> rewrite(call, renumbered, 0));
    return new Script(Stream.concat(Stream.of(new Call.DropCaches()), later).toList());
  }

  static Stream<Script> simplifications(Script script) {
    int count = script.calls().size();
    Stream<Script> halves =
        count > 3
            ? Stream.of(range(count, 0, count / 2), range(count, count / 2, count))
                .map(keep -> filter(script, keep))
            : Stream.empty();
    Stream<Script> withoutOne =
        IntStream.range(0, count).mapToObj(index -> without(script, count - 1 - index));
    Stream<Script> withSimplerCall =
        IntStream.range(0, count)
            .boxed()
            .flatMap(index ->
                simplifications(script.calls().get(index))
                    .map(call -> replace(script, index, call)));
    return Stream.of(halves, withoutOne, withSimplerCall).flatMap(scripts -> scripts);
  }

  private static Stream<Call> simplifications(Call call) {
    Stream<Call> fewerThreads = Stream.empty();
    if (call instanceof Call.Parallel(List<Script> threads, int rounds)) {
      fewerThreads = fewerThreads(threads, rounds);
    }
    Stream<Call> simplerInside =
        IntStream.range(0, call.nested().size())
            .boxed()
            .flatMap(number ->
                simplifications(call.nested().get(number))
                    .map(nested -> replaceNested(call, number, nested)));
    return Stream.concat(fewerThreads, simplerInside);
  }

  private static Stream<Call> fewerThreads(List<Script> threads, int rounds) {
    Stream<Call> withoutOne =
        threads.size() == 1
            ? Stream.empty()
            : IntStream.range(0, threads.size())
                .mapToObj(number -> new Call.Parallel(remove(threads, number), rounds));
    Stream<Call> fewerRounds =
        rounds == 1 ? Stream.empty() : Stream.of(new Call.Parallel(threads, rounds / 2));
    return Stream.concat(withoutOne, fewerRounds);
  }

  private static List<Script> remove(List<Script> threads, int number) {
    List<Script> fewer = new ArrayList<>(threads);
    fewer.remove(number);
    return fewer;
  }

  private static Call replaceNested(Call call, int number, Script nested) {
    int[] position = {0};
    return CallParts.map(call, arg -> arg, old -> position[0]++ == number ? nested : old);
  }

  private static Script replace(Script script, int index, Call call) {
    List<Call> calls = new ArrayList<>(script.calls());
    calls.set(index, call);
    return new Script(calls);
  }

  private static Script filter(Script script, boolean[] keep) {
    int[] renumbered = renumber(script.calls(), keep);
    List<Call> calls = new ArrayList<>();
    for (int index = 0; index < renumbered.length; index++) {
      if (renumbered[index] != DROPPED) {
        calls.add(rewrite(script.calls().get(index), renumbered, 0));
      }
    }
    return new Script(calls);
  }

  private static int[] renumber(List<Call> calls, boolean[] keep) {
    int[] renumbered = new int[calls.size()];
    int next = 0;
    for (int index = 0; index < renumbered.length; index++) {
      boolean kept = keep[index] && !dependsOnDropped(calls.get(index), renumbered, 0);
      renumbered[index] = kept ? next++ : DROPPED;
    }
    return renumbered;
  }

  /// Only the call's own arguments count: nested calls that lose what they refer to are dropped alone.
  private static boolean dependsOnDropped(Call call, int[] renumbered, int depth) {
    return call.args().stream()
        .flatMap(arg -> arg.reference().stream())
        .anyMatch(ref -> ref.levelsUp() == depth && renumbered[ref.callIndex()] == DROPPED);
  }

  private static Call rewrite(Call call, int[] renumbered, int depth) {
    return CallParts.map(
        call,
        arg -> rewrite(arg, renumbered, depth),
        nested -> rewriteNested(nested, renumbered, depth + 1));
  }

  private static Script rewriteNested(Script nested, int[] renumbered, int depth) {
    boolean[] keep = new boolean[nested.calls().size()];
    for (int index = 0; index < keep.length; index++) {
      keep[index] = !dependsOnDropped(nested.calls().get(index), renumbered, depth);
    }
    Script kept = filter(nested, keep);
    return new Script(kept.calls().stream().map(call -> rewrite(call, renumbered, depth)).toList());
  }

  private static Arg rewrite(Arg arg, int[] renumbered, int depth) {
    Optional<Arg.Ref> ref = arg.reference();
    if (ref.isEmpty() || ref.get().levelsUp() != depth) {
      return arg;
    }
    return arg.withReference(new Arg.Ref(renumbered[ref.get().callIndex()], depth));
  }

  private static boolean[] dropOne(int count, int dropped) {
    boolean[] keep = new boolean[count];
    Arrays.fill(keep, true);
    keep[dropped] = false;
    return keep;
  }

  private static boolean[] range(int count, int from, int to) {
    boolean[] keep = new boolean[count];
    Arrays.fill(keep, from, to, true);
    return keep;
  }

  static Script detached(Script script, UnaryOperator<Arg> meaning) {
    return detached(script, meaning, 0);
  }

  private static Script detached(Script script, UnaryOperator<Arg> meaning, int depth) {
    List<Call> calls = new ArrayList<>();
    for (Call call : script.calls()) {
      calls.add(
          CallParts.map(
              call,
              arg -> detached(arg, meaning, depth),
              nested -> detached(nested, meaning, depth + 1)));
    }
    return new Script(calls);
  }

  private static Arg detached(Arg arg, UnaryOperator<Arg> meaning, int depth) {
    Optional<Arg.Ref> ref = arg.reference();
    if (ref.isEmpty() || ref.get().levelsUp() <= depth) {
      return arg;
    }
    int levelsUp = ref.get().levelsUp() - depth - 1;
    return meaning.apply(arg.withReference(new Arg.Ref(ref.get().callIndex(), levelsUp)));
  }

  /// Returns the call at a path: its index, then the number of a nested script and an index in it, and so on.
  static String describe(Script script, List<Integer> path) {
    int index = path.getFirst();
    if (index < 0 || index >= script.calls().size()) {
      return "end of the script";
    }
    Call call = script.calls().get(index);
    boolean inside = path.size() > 2 && path.get(1) >= 0 && path.get(1) < call.nested().size();
    return inside
        ? describe(call.nested().get(path.get(1)), path.subList(2, path.size()))
        : PseudoC.render(call);
  }
}
