package io.github.storeproof.conformance.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Deals cases out to lanes, which run side by side. Classes that share mounts stay on one lane; the same choice of
/// cases is dealt out in the same way on every machine, so that a run can be repeated.
final class Lanes {
  /// Most calls wait for the target, which works on another core meanwhile.
  static final int COUNT = 2;

  private Lanes() {}

  /// The cases of each lane that has any, in their order.
  static List<List<Case>> deal(List<Case> cases) {
    Map<String, List<Case>> families =
        cases.stream()
            .collect(Collectors.groupingBy(Case::family, TreeMap::new, Collectors.toList()));
    List<List<Case>> lanes = new ArrayList<>();
    for (int lane = 0; lane < COUNT; lane++) {
      lanes.add(new ArrayList<>());
    }
    families.values().stream()
        .sorted(Comparator.comparingInt(Lanes::weight).reversed())
        .forEach(group -> lightest(lanes).addAll(group));
    return lanes.stream().filter(lane -> !lane.isEmpty()).toList();
  }

  private static int weight(List<Case> group) {
    return group.stream().mapToInt(Case::weight).sum();
  }

  private static List<Case> lightest(List<List<Case>> lanes) {
    return lanes.stream().min(Comparator.comparingInt(Lanes::weight)).orElseThrow();
  }
}
