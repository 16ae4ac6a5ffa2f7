package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
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
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A store that fails, once or for some time.
@NeedsFaults
@NeedsAnyFixture
public final class FailingStoreCases {
  private static final List<Status.Code> ERRORS =
      List.of(Status.Code.UNAVAILABLE, Status.Code.INTERNAL, Status.Code.UNKNOWN);

  // A READDIR of a page takes about 50 of them.
  private static final int LATE_PATHS = 300;

  @Checks("ERR-6")
  void aFailureOfOneQuestionIsNotRemembered(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    List<String> files = List.of("small", "middle", "large");
    for (int i = 0; i < files.size(); i++) {
      mount
          .faults()
          .blob(FaultyMount.blob(Topic.ONCE, files.get(i)), Fault.Fails.once(ERRORS.get(i)));
    }
    mount
        .faults()
        .directory(mount.directory(Topic.ONCE, "sub"), Fault.Fails.once(Status.Code.INTERNAL));
    Trial trial = new Trial();
    for (String name : files) {
      FaultyMount.wantRightOrEio(
          trial, FaultFixture.path(Topic.ONCE, name), FaultFixture.content(Topic.ONCE, name));
    }
    trial.want(
        trial.calls().lstat(FaultFixture.path(Topic.ONCE, "sub", "file")),
        Allowed.success().or(Allowed.errno(Errno.EIO)));
    mount.run("each question fails once", trial);
    mount.await(
        "each question has failed once",
        again -> {
          files.forEach(name -> FaultyMount.wantRight(again, Topic.ONCE, name));
          FaultyMount.wantRight(again, Topic.ONCE, "sub");
          FaultyMount.wantRight(again, Topic.ONCE, "sub", "file");
        });
  }

  @Checks("ERR-6")
  void aStorePathIsNotMissingBecauseTheStoreFails(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    List<byte[]> names = new ArrayList<>();
    for (Status.Code code : ERRORS) {
      Fixture added =
          Fixture.of("added", "faults-" + code, Tree.plain(Content.ofText(code.name())));
      StorePath path = added.roots().firstKey();
      mount.faults().pathInfo(path, Fault.Fails.always(code));
      subject.refresh(mount.mount(), added);
      names.add(path.basename().getBytes(StandardCharsets.US_ASCII));
    }
    Trial failing = new Trial();
    for (int again = 0; again < 2; again++) {
      names.forEach(name -> FaultyMount.wantEio(failing, name));
    }
    FaultyMount.wantRight(failing, Topic.ONCE, "sibling");
    mount.run("it fails when it is asked for these store paths", failing);
    mount.faults().clear();
    mount.await(
        "it failed and works again",
        again -> names.forEach(name -> again.want(again.calls().lstat(name), Allowed.success())));
  }

  @Checks("ERR-6")
  void aStoreThatIsGoneIsEioUntilItIsBack(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Fixture added = Fixture.of("added", "faults-gone", Tree.plain(Content.ofText("gone")));
    byte[] name = added.roots().firstKey().basename().getBytes(StandardCharsets.US_ASCII);
    subject.refresh(mount.mount(), added);
    mount.faults().takeDown();
    Trial gone = new Trial();
    FaultyMount.wantEio(gone, name);
    FaultyMount.wantUnreadable(gone, FaultFixture.path(Topic.ONCE, "sub", "inner", "file"));
    mount.run("nobody listens at its address", gone, subject.patiently(StalledStoreCases.LIMIT));
    mount.faults().clear();
    mount.await(
        "it was gone and is back",
        again -> {
          again.want(again.calls().lstat(name), Allowed.success());
          FaultyMount.wantRight(again, Topic.ONCE, "sub", "inner", "file");
        });
  }

  @Checks("ROOT-6")
  @Needs("list-root")
  void anErrorWhileTheRootIsListedIsEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] root = new byte[0];
    for (Fault fault :
        List.of(
            Fault.Fails.always(Status.Code.UNAVAILABLE),
            Fault.Fails.always(Status.Code.INTERNAL),
            new Fault.BreaksOff(3),
            new Fault.BreaksOff(0))) {
      mount.faults().listing(fault);
      Trial failing = new Trial();
      FaultyMount.wantUnlistable(failing, root);
      mount.run("its list of store paths fails: " + nameOf(fault), failing);
    }
    mount.faults().clear();
    mount.await(
        "its list of store paths failed and is complete again", FailingStoreCases::wantEveryTopic);
  }

  /// The error comes when readers have filled buffers and been told of entries.
  @Checks("ROOT-6")
  @Needs("list-root")
  void anErrorBehindManyStorePathsIsEio(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.ONCE, "sibling");
    List<StorePath> paths =
        IntStream.range(0, LATE_PATHS)
            .mapToObj(number -> CorruptContentCases.madeUp("late-" + number))
            .toList();
    mount.faults().listThenFail(paths, new FileNode(content.digest(), content.size(), false));
    Trial failing = new Trial();
    for (int again = 0; again < 2; again++) {
      FaultyMount.wantUnlistable(failing, new byte[0]);
    }
    mount.run("its list of store paths fails: after " + LATE_PATHS + " of them", failing);
    mount.faults().clear();
    mount.await(
        "its list of store paths failed late and is complete again",
        FailingStoreCases::wantEveryTopic);
  }

  /// Other cases may have added store paths.
  private static void wantEveryTopic(Trial trial) {
    trial.want(
        trial.calls().list(""),
        "a listing with the %d store paths of the fixture in it"
            .formatted(FaultFixture.ALL.roots().size()),
        listing -> {
          if (!listing.ok()) {
            return Optional.of(Allowed.outcome(listing));
          }
          Set<String> listed =
              Decoded.dirents(listing).stream()
                  .map(entry -> entry.name().toString())
                  .collect(Collectors.toSet());
          return FaultFixture.ALL.roots().keySet().stream()
              .map(StorePath::basename)
              .filter(name -> !listed.contains(name))
              .findFirst()
              .map(name -> "without " + name);
        });
  }

  private static String nameOf(Fault fault) {
    return fault instanceof Fault.BreaksOff(long count) ? "after " + count + " of them" : "at once";
  }
}
