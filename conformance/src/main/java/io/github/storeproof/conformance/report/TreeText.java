package io.github.storeproof.conformance.report;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;

/// A fixture as lines for a person: kind, size, path. *Immutable.*
final class TreeText {
  private static final int LINES = 30;

  private TreeText() {}

  static String of(Fixture fixture) {
    List<FixtureEntry> entries = fixture.walk();
    StringBuilder text = new StringBuilder();
    entries.stream().limit(LINES).forEach(entry -> text.append(line(entry)).append('\n'));
    if (entries.size() > LINES) {
      text.append("… and ").append(entries.size() - LINES).append(" more\n");
    }
    return text.toString();
  }

  private static String line(FixtureEntry entry) {
    return switch (entry.tree()) {
      case Tree.Dir dir -> "dir   " + entry.path() + "/  (" + dir.children().size() + " entries)";
      case Tree.File file ->
          (file.executable() ? "exec  " : "file  ")
              + entry.path()
              + "  ("
              + file.content().size()
              + " bytes)";
      case Tree.Link link -> "link  " + entry.path() + " -> " + link.target();
    };
  }
}
