package io.github.storeproof.conformance;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.profile.PlannedPath;
import io.github.storeproof.fixtures.profile.Plans;
import io.github.storeproof.model.StorePath;
import java.util.List;
import java.util.Map;

/// The store paths of a fixture of the catalog as plans. *Immutable.*
///
/// @param roots in their order
record FixturePlans(List<Map.Entry<StorePath, Tree>> roots) implements Plans {
  FixturePlans {
    roots = List.copyOf(roots);
  }

  static FixturePlans of(Fixture fixture) {
    return new FixturePlans(List.copyOf(fixture.roots().entrySet()));
  }

  @Override
  public int count() {
    return roots.size();
  }

  @Override
  public PlannedPath at(int index) {
    return PlannedPath.ofContent(roots.get(index).getKey().name(), roots.get(index).getValue());
  }
}
