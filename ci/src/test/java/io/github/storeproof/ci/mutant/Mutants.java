package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Faults;
import java.util.List;
import java.util.stream.Stream;

/// All mutants.
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            Faults.all().stream().map(Mutant::of).toList(),
            AttributeMutants.ALL,
            CallMutants.ALL,
            DataMutants.ALL,
            HandleMutants.ALL,
            InodeMutants.ALL,
            LargeFileMutants.ALL,
            LifeMutants.ALL,
            LinkMutants.ALL,
            ListingMutants.ALL,
            MountMutants.ALL,
            NameMutants.ALL,
            OverlayMutants.ALL,
            ReadMutants.ALL,
            SequenceMutants.ALL,
            StoreMutants.ALL,
            StressMutants.ALL,
            XattrMutants.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /// Those that every run of CI has time for; the kill matrix and the property `storeproof.mutants` judge the others too.
  static List<Mutant> usual() {
    return Stream.of(
            AttributeMutants.ALL,
            InodeMutants.ALL,
            LinkMutants.ALL,
            ListingMutants.ALL,
            MountMutants.ALL,
            NameMutants.ALL,
            ReadMutants.ALL)
        .flatMap(List::stream)
        // Its death depends on how fast the machine is; judged with the others.
        .filter(mutant -> !mutant.name().equals("MissesInTheRootAreRemembered"))
        .toList();
  }

  /// The mutant of that name.
  static Mutant named(String name) {
    return all().stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mutant '" + name + "'"));
  }
}
