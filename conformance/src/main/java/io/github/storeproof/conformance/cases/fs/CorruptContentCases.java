package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Content that is not what its digest says.
@NeedsFaults
@NeedsAnyFixture
public final class CorruptContentCases {
  private static final int READ_BYTES = FaultyMount.READ_BYTES;

  @Checks("ERR-3")
  void corruptContentIsNeverServed(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Map<String, Long> flips = Map.of("small", 0L, "middle", (150L << 10) + 1, "large", 3L << 20);
    flips.forEach((name, offset) ->
        mount.faults().blob(FaultyMount.blob(Topic.CORRUPT, name), new Fault.Flips(offset)));
    Trial corrupt = new Trial();
    flips.forEach((name, offset) -> {
      Content content = FaultFixture.content(Topic.CORRUPT, name);
      byte[] path = FaultFixture.path(Topic.CORRUPT, name);
      Slot fd = corrupt.calls().open(path, O_RDONLY);
      for (long at : List.of(offset, 0L, content.size() / 2, content.size() - 1)) {
        FaultyMount.wantBytesOrEio(corrupt, fd, content, at);
      }
      corrupt.calls().close(fd);
      FaultyMount.wantRightOrEio(corrupt, path, content);
      FaultyMount.wantSize(corrupt, path, content.size());
    });
    FaultyMount.wantRight(corrupt, Topic.CORRUPT, "sibling");
    mount.run("one bit of small, middle and large is flipped", corrupt);
    mount.faults().clear();
    mount.await(
        "a bit of each file was flipped and is right again",
        trial -> flips.keySet().forEach(name -> FaultyMount.wantRight(trial, Topic.CORRUPT, name)));
  }

  @Checks("ERR-3")
  void corruptDirectoriesAreNeverServed(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] sub = FaultFixture.path(Topic.CORRUPT, "sub");
    // In the digest of the first entry: what is left is a valid directory of another digest.
    mount.faults().directory(mount.directory(Topic.CORRUPT, "sub"), new Fault.Flips(20));
    Trial corrupt = new Trial();
    FaultyMount.wantUnlistable(corrupt, sub);
    FaultyMount.wantEio(corrupt, FaultFixture.path(Topic.CORRUPT, "sub", "file"));
    FaultyMount.wantRight(corrupt, Topic.CORRUPT, "sibling");
    mount.run("a bit of the directory of sub is flipped", corrupt);
    mount.faults().clear();
    mount.await(
        "a bit of the directory was flipped and is right again",
        trial -> {
          FaultyMount.wantRight(trial, Topic.CORRUPT, "sub");
          FaultyMount.wantRight(trial, Topic.CORRUPT, "sub", "file");
        });
  }

  @Checks("ERR-4")
  void anErrorInTheMiddleLeavesTheDescriptorUsable(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.BROKEN_OFF, "large");
    long broken = content.size() / 2;
    mount.faults().blob(content.digest(), new Fault.BreaksOff(broken));
    mount.faults().blob(FaultyMount.blob(Topic.BROKEN_OFF, "small"), new Fault.Holds());
    List<Long> offsets = List.of(0L, broken - READ_BYTES, broken, content.size() - READ_BYTES, 0L);
    Trial trial = new Trial();
    Slot fd = trial.calls().open(FaultFixture.path(Topic.BROKEN_OFF, "large"), O_RDONLY);
    offsets.forEach(offset -> FaultyMount.wantBytesOrEio(trial, fd, content, offset));
    // The store is repaired when this read arrives there.
    Slot barrier = trial.calls().open(FaultFixture.path(Topic.BROKEN_OFF, "small"), O_RDONLY);
    trial.calls().pread(barrier, 1, 0);
    for (long offset : offsets) {
      byte[] right = content.slice(offset, READ_BYTES);
      Slot read = trial.calls().pread(fd, READ_BYTES, offset);
      trial.want(
          "%d right bytes at %d by a descriptor that saw EIO before"
              .formatted(right.length, offset),
          List.of(fd, read),
          seen ->
              !seen.get(0).ok() || Arrays.equals(seen.get(1).bytes(), right)
                  ? Optional.empty()
                  : Optional.of(FaultyMount.bytesOrEio(right).seen().apply(seen.get(1))));
    }
    try (var _ = Meanwhile.start(() -> repairOnceHeld(mount, content))) {
      mount.run("the stream of large breaks off in the middle, until it is repaired", trial);
    }
  }

  private static void repairOnceHeld(FaultyMount mount, Content content) {
    if (mount.faults().awaitHeld(1, mount.subject().deadline())) {
      mount.faults().repair(content.digest());
    }
    mount.faults().release();
  }

  @Checks("ERR-4")
  @Needs("chunked-reads")
  void chunksThatCanBeReadAreRead(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.CHUNKS, "large");
    long broken = content.size() / 2;
    mount.faults().blob(content.digest(), new Fault.BreaksOff(broken));
    Trial trial = new Trial();
    Slot fd = trial.calls().open(FaultFixture.path(Topic.CHUNKS, "large"), O_RDONLY);
    for (long offset : List.of(0L, content.size() - READ_BYTES, 1L << 20)) {
      trial.want(
          trial.calls().pread(fd, READ_BYTES, offset),
          Allowed.bytes(content.slice(offset, READ_BYTES)));
    }
    mount.run("the chunk in the middle of large cannot be read", trial);
  }

  @Checks("ERR-9")
  void contentOfAnotherLengthIsEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    List<String> files = List.of("small", "middle", "large");
    for (String name : files) {
      mount.faults().blob(FaultyMount.blob(Topic.SHORTER, name), new Fault.Shortens(10));
      mount.faults().blob(FaultyMount.blob(Topic.LONGER, name), new Fault.Lengthens(10));
    }
    Trial trial = new Trial();
    for (Topic topic : List.of(Topic.SHORTER, Topic.LONGER)) {
      for (String name : files) {
        byte[] path = FaultFixture.path(topic, name);
        Content content = FaultFixture.content(topic, name);
        FaultyMount.wantRightOrEio(trial, path, content);
        FaultyMount.wantSize(trial, path, content.size());
      }
    }
    mount.run("blobs are 10 bytes shorter or longer than their files", trial);
    mount.faults().clear();
    mount.await(
        "blobs were shorter or longer and are right again",
        again -> {
          for (String name : files) {
            FaultyMount.wantRight(again, Topic.SHORTER, name);
            FaultyMount.wantRight(again, Topic.LONGER, name);
          }
        });
  }

  @Checks("ERR-9")
  void filesThatStateAnotherSizeAreEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.SHORTER, "sibling");
    Trial trial = new Trial();
    for (long stated : List.of(content.size() + 1, content.size() - 1, 2 * content.size(), 6L)) {
      StorePath path = madeUp("stated-" + stated);
      mount.faults().pretend(path, new FileNode(content.digest(), stated, false));
      byte[] name = path.basename().getBytes(StandardCharsets.US_ASCII);
      FaultyMount.wantSize(trial, name, stated);
      FaultyMount.wantUnreadable(trial, name);
      FaultyMount.wantSize(trial, name, stated);
    }
    FaultyMount.wantRight(trial, Topic.SHORTER, "sibling");
    mount.run("files state other sizes than their blob of 100 bytes has", trial);
  }

  /// A store path that no store has.
  static StorePath madeUp(String name) {
    return Fixture.of(name, "faults-" + name, Tree.plain(Content.ofText(name))).roots().firstKey();
  }
}
