package io.github.storeproof.ci.faulty;

import java.util.List;
import java.util.stream.Stream;

/// All faults of the stand-alone filesystem.
public final class Faults {
  /// No fault: the filesystem conforms.
  public static final Fault NONE = Fault.of("none", "", "", PlainDirectory::new);

  private Faults() {}

  /// All of them.
  public static List<Fault> all() {
    return Stream.of(
            AttributeFaults.ALL,
            CacheFaults.ALL,
            LinkFaults.ALL,
            ListingFaults.ALL,
            NameFaults.ALL,
            ReadFaults.ALL,
            ResourceFaults.ALL,
            RootFaults.ALL,
            SpaceFaults.ALL,
            StandstillFaults.ALL,
            WriteFaults.ALL,
            XattrFaults.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /// The fault of that name, or none.
  static Fault named(String name) {
    return Stream.concat(Stream.of(NONE), all().stream())
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault '" + name + "'"));
  }
}
