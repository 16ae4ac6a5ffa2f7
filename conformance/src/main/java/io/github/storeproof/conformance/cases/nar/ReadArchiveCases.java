package io.github.storeproof.conformance.cases.nar;

import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.NeedsArchiveReader;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.subject.Subject;

/// Archives that whoever mounts a store, or serves one, reads.
@NeedsArchiveReader
public final class ReadArchiveCases {
  @Checks("NAR-2")
  @Costs(4)
  void whatIsReadComesBackByteForByte(Subject subject) {
    ArchiveTrial.wantCopies(subject);
  }

  @Checks("NAR-2")
  @Costs(4)
  void whatIsNoArchiveIsRefused(Subject subject) {
    ArchiveTrial.wantRefusals(subject);
  }

  @Checks("NAR-2")
  void whatTheServicesReadComesBackByteForByte(StoreSubject subject) {
    ArchiveTrial.wantCopies(subject);
  }

  @Checks("NAR-2")
  void whatIsNoArchiveIsRefusedByTheServices(StoreSubject subject) {
    ArchiveTrial.wantRefusals(subject);
  }
}
