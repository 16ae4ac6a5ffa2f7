package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.cases.fs.SequenceStep.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The sequences of two handles of one node, each opened, used twice and closed, in every order.
final class TwoHandles {
  private static final int TURNS = 4;

  /// An odd number stands for a directory in [Verb#CLOSE].
  private static final int LIST_BYTES = 301;

  private static final int READ_BYTES = 6;

  /// The second handle of a file starts inside of what the first has read.
  private static final int AHEAD_BYTES = 4;

  private TwoHandles() {}

  static List<List<SequenceStep>> ofAFile() {
    return orders().map(order -> steps(order, Verb.OPEN_FILE, Verb.READ, READ_BYTES)).toList();
  }

  static List<List<SequenceStep>> ofADirectory() {
    return orders().map(order -> steps(order, Verb.OPEN_DIRECTORY, Verb.LIST, LIST_BYTES)).toList();
  }

  /// Whose turn it is: 0 or 1, each [#TURNS] times; the first turn is that of 0.
  private static Stream<List<Integer>> orders() {
    Stream<List<Integer>> orders = Stream.of(List.of(0));
    for (int turn = 1; turn < 2 * TURNS; turn++) {
      orders = orders.flatMap(order -> Stream.of(with(order, 0), with(order, 1)));
    }
    return orders.filter(order -> order.stream().filter(who -> who == 0).count() == TURNS);
  }

  private static List<Integer> with(List<Integer> order, int who) {
    List<Integer> longer = new ArrayList<>(order);
    longer.add(who);
    return longer;
  }

  private static List<SequenceStep> steps(List<Integer> order, Verb open, Verb use, int bytes) {
    List<SequenceStep> steps = new ArrayList<>();
    List<Integer> live = new ArrayList<>();
    int[] turns = new int[2];
    for (int who : order) {
      int turn = turns[who]++;
      if (turn == 0) {
        live.add(who);
        steps.add(new SequenceStep(open, Place.HERE, 0, bytes, 0));
        if (who == 1 && open == Verb.OPEN_FILE) {
          steps.add(new SequenceStep(Verb.SEEK, Place.HERE, live.indexOf(who), AHEAD_BYTES, 0));
        }
        continue;
      }
      boolean last = turn == TURNS - 1;
      int which = live.indexOf(who);
      steps.add(new SequenceStep(last ? Verb.CLOSE : use, Place.HERE, which, bytes, 0));
      if (last) {
        live.remove(Integer.valueOf(who));
      }
    }
    return steps;
  }
}
