package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import java.util.List;

/// Content and directories that the store does not have.
@NeedsFaults
@NeedsAnyFixture
public final class MissingContentCases {
  private static final List<String> FILES = List.of("small", "middle", "large");

  @Checks("ERR-1")
  void missingContentIsEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    FILES.forEach(
        name -> mount.faults().blob(FaultyMount.blob(Topic.MISSING, name), new Fault.Missing()));
    Trial missing = new Trial();
    for (int again = 0; again < 2; again++) {
      for (String name : FILES) {
        byte[] path = FaultFixture.path(Topic.MISSING, name);
        long size = FaultFixture.content(Topic.MISSING, name).size();
        FaultyMount.wantSize(missing, path, size);
        FaultyMount.wantUnreadable(missing, path);
        FaultyMount.wantSize(missing, path, size);
      }
      FaultyMount.wantRight(missing, Topic.MISSING, "sibling");
    }
    mount.run("the blobs of small, middle and large are missing (NOT_FOUND)", missing);
    mount.faults().clear();
    mount.await(
        "the blobs were missing and are there again",
        trial -> FILES.forEach(name -> FaultyMount.wantRight(trial, Topic.MISSING, name)));
  }

  @Checks("ERR-2")
  void missingDirectoriesAreEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] sub = FaultFixture.path(Topic.MISSING, "sub");
    mount.faults().directory(mount.directory(Topic.MISSING, "sub"), new Fault.Missing());
    Trial missing = new Trial();
    for (int again = 0; again < 2; again++) {
      missing.want(missing.calls().lstat(sub), Allowed.success());
      FaultyMount.wantUnlistable(missing, sub);
      FaultyMount.wantEio(missing, FaultFixture.path(Topic.MISSING, "sub", "file"));
      FaultyMount.wantEio(missing, FaultFixture.path(Topic.MISSING, "sub", "inner"));
      FaultyMount.wantRight(missing, Topic.MISSING, "sibling");
    }
    mount.run("the directory of sub is missing (NOT_FOUND)", missing);
    mount.faults().clear();
    mount.await(
        "the directory was missing and is there again",
        trial -> {
          FaultyMount.wantRight(trial, Topic.MISSING, "sub");
          FaultyMount.wantRight(trial, Topic.MISSING, "sub", "file");
          FaultyMount.wantRight(trial, Topic.MISSING, "sub", "inner", "file");
        });
  }
}
