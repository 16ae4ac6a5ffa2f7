package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.fixtures.Content;
import java.util.List;

/// A blob that lists its chunks, one of which cannot be had.
@NeedsFaults
@NeedsAnyFixture
public final class MissingChunkCases {
  private static final int READ_BYTES = FaultyMount.READ_BYTES;
  private static final int TIMES = 3;

  @Checks("ERR-1")
  void aMissingChunkIsEioAndNotTheEndOfTheFile(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] path = FaultFixture.path(Topic.HOLED, "large");
    Content content = FaultFixture.content(Topic.HOLED, "large");
    long hole = content.size() / 2;
    mount.faults().blob(content.digest(), new Fault.MissingAt(hole));
    Trial trial = new Trial();
    for (int again = 0; again < 2; again++) {
      FaultyMount.wantSize(trial, path, content.size());
      Slot fd = trial.calls().open(path, O_RDONLY);
      wantAround(subject, trial, fd, content);
      wantHole(trial, fd, hole);
      wantAround(subject, trial, fd, content);
      trial.calls().close(fd);
      FaultyMount.wantUnreadable(trial, path);
      FaultyMount.wantRightOrEio(trial, path, content);
    }
    FaultyMount.wantRight(trial, Topic.HOLED, "sibling");
    mount.run("large lists its chunks, and the one in its middle is missing (NOT_FOUND)", trial);
    mount.faults().clear();
    mount.await(
        "a chunk was missing and is there again",
        again -> FaultyMount.wantRight(again, Topic.HOLED, "large"));
  }

  /// Who reads chunk by chunk reads those that are there.
  private static void wantAround(Subject subject, Trial trial, Slot fd, Content content) {
    for (long offset : List.of(0L, content.size() - READ_BYTES)) {
      if (subject.features().claims(Feature.CHUNKED_READS)) {
        trial.want(
            trial.calls().pread(fd, READ_BYTES, offset),
            Allowed.bytes(content.slice(offset, READ_BYTES)));
      } else {
        FaultyMount.wantBytesOrEio(trial, fd, content, offset);
      }
    }
  }

  private static void wantHole(Trial trial, Slot fd, long hole) {
    FaultyMount.wantFailure(trial, fd, trial.calls().pread(fd, READ_BYTES, hole));
  }

  /// A stream of chunks that goes on behind the one that failed has the wrong bytes for who asks again.
  @Checks("ERR-4")
  void aReadThatFailedGivesNoOtherBytesWhenItIsMadeAgain(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.RETRIED, "large");
    long missing = content.size() / 4;
    mount.faults().blob(content.digest(), new Fault.MissingAt(missing));
    mount.run("a chunk of large is missing (NOT_FOUND)", again(content, missing));
    long broken = content.size() / 4 * 3;
    mount.faults().blob(content.digest(), new Fault.BreaksOff(broken));
    mount.run("the stream of a chunk of large breaks off", again(content, broken));
    mount.faults().clear();
    mount.await(
        "chunks could not be read, again and again, and can be read now",
        right -> FaultyMount.wantRight(right, Topic.RETRIED, "large"));
  }

  private static Trial again(Content content, long offset) {
    Trial trial = new Trial();
    for (int descriptor = 0; descriptor < 2; descriptor++) {
      Slot fd = trial.calls().open(FaultFixture.path(Topic.RETRIED, "large"), O_RDONLY);
      for (int time = 0; time < TIMES; time++) {
        FaultyMount.wantBytesOrEio(trial, fd, content, offset);
      }
      FaultyMount.wantBytesOrEio(trial, fd, content, offset + READ_BYTES);
      FaultyMount.wantBytesOrEio(trial, fd, content, offset);
      trial.calls().close(fd);
      trial.calls().dropCaches();
    }
    return trial;
  }
}
