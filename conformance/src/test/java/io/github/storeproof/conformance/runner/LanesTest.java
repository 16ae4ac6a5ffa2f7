package io.github.storeproof.conformance.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.rule.Level;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static List<Case> cases(String className, int count, int weight) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Case(
                "DIR-1/" + i,
                "DIR-1",
                Level.MUST,
                "mount",
                className + i,
                className,
                "m" + i,
                className,
                weight))
        .toList();
  }

  private static List<Case> all(List<List<Case>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }

  @Test
  void aClassStaysOnOneLane() {
    List<List<Case>> lanes =
        Lanes.deal(all(List.of(cases("A", 3, 1), cases("B", 2, 1), cases("C", 2, 1))));
    assertThat(lanes).hasSize(2);
    assertThat(lanes.getFirst()).extracting(Case::className).containsOnly("A");
    assertThat(lanes.getLast()).extracting(Case::className).containsOnly("B", "C");
  }

  @Test
  void costlyCasesCountForMore() {
    List<List<Case>> lanes =
        Lanes.deal(all(List.of(cases("A", 3, 1), cases("B", 1, 9), cases("C", 2, 1))));
    assertThat(lanes.getFirst()).extracting(Case::className).containsOnly("B");
  }

  @Test
  void thereIsNoEmptyLaneAndNoCaseIsLost() {
    assertThat(Lanes.deal(cases("A", 3, 1))).hasSize(1);
    List<Case> many = all(Stream.of("A", "B", "C").map(name -> cases(name, 5, 2)).toList());
    assertThat(all(Lanes.deal(many))).containsExactlyInAnyOrderElementsOf(many);
  }
}
