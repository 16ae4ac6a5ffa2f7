package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Faults;
import io.github.storeproof.ci.faultystore.StoreFault;
import java.util.List;
import java.util.stream.Stream;

/// All mutants.
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            Faults.all().stream().map(Mutant::of).toList(),
            ofStores(),
            ArchiveMutants.ALL,
            AttributeMutants.ALL,
            CallMutants.ALL,
            DataMutants.ALL,
            HandleMutants.ALL,
            InodeMutants.ALL,
            LargeFileMutants.ALL,
            LifeMutants.ALL,
            LinkMutants.ALL,
            ListingMutants.ALL,
            LongPathMutants.ALL,
            LookAlikeMutants.ALL,
            MountMutants.ALL,
            NameMutants.ALL,
            NumberMutants.ALL,
            OtherUserMutants.ALL,
            OverlayMutants.ALL,
            ReadMutants.ALL,
            RootStoreMutants.ALL,
            SequenceMutants.ALL,
            StoreMutants.ALL,
            StressMutants.ALL,
            XattrMutants.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /// The stand-alone store with each fault that it has.
  static List<Mutant> ofStores() {
    return Stream.of(StoreFault.values()).filter(fault -> !fault.isNone()).map(Mutant::of).toList();
  }

  /// The mutant of that name.
  static Mutant named(String name) {
    return all().stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mutant '" + name + "'"));
  }
}
