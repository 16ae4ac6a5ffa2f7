package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.TreeArbitrary;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Put and Get of directories, of trees of all shapes.
class DirectoryCases {
  private static final int TRIES = 25;
  private static final int DEPTH = 100;
  private static final int WIDTH = 3000;

  /// More than 2 MiB, which every client and service takes as one message.
  private static final int LARGE_WIDTH = 45_000;

  private static final int AT_ONCE = 16;
  private static final int HUGE_WIDTH = 100_000;
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  @Checks("DSV-1")
  void anyTreeComesBack(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Property.check(
        subject,
        TreeArbitrary.trees(),
        TRIES,
        (dialog, tree) -> wantBack(dialog, Directories.of(tree, rule)));
  }

  @Checks("DSV-1")
  void theEmptyDirectoryComesBack(StoreSubject subject) {
    wantBack(subject.dialog(), List.of(Directory.EMPTY));
  }

  @Checks("DSV-1")
  void everyNameAndTargetComesBack(StoreSubject subject) {
    wantBack(subject.dialog(), List.of(Directory.EMPTY, Corners.names()));
    wantBack(subject.dialog(), List.of(Corners.targets()));
    wantBack(subject.dialog(), List.of(Corners.sizes()));
  }

  @Checks("DSV-1")
  void deepAndWideTreesComeBack(StoreSubject subject) {
    wantBack(subject.dialog(), Corners.chain(DEPTH, subject.sizeRule()));
    wantBack(subject.dialog(), List.of(Corners.wide(WIDTH)));
    wantBack(subject.dialog(), List.of(Corners.wide(LARGE_WIDTH)));
  }

  private static void wantBack(Dialog dialog, List<Directory> directories) {
    B3Digest root = Directories.put(dialog, directories);
    dialog.want(
        "Get of the root",
        Directories.get(dialog, root, false),
        Directories.directory(directories.getLast()));
  }

  @Checks("DSV-1")
  void unknownAndOtherDigests(StoreSubject subject) {
    B3Digest known = Directories.put(subject.dialog(), List.of(one(subject, "known")));
    for (byte[] digest : Digests.unknown(known.toBytes(), subject.random())) {
      Directories.wantNothing(subject.dialog(), "an unknown digest", B3Digest.of(digest));
    }
    for (byte[] digest : Digests.ofOtherLengths(known.toBytes())) {
      Dialog dialog = subject.dialog();
      dialog.want(
          "Get of a digest of " + digest.length + " bytes",
          dialog.call(StoreMethod.DIRECTORY_GET, Directories.request(digest, false)),
          AllowedReply.status(Status.Code.INVALID_ARGUMENT));
      dialog.want(
          "recursive Get of a digest of " + digest.length + " bytes",
          dialog.call(StoreMethod.DIRECTORY_GET, Directories.request(digest, true)),
          AllowedReply.status(Status.Code.INVALID_ARGUMENT));
    }
  }

  /// A directory that no other case has.
  static Directory one(StoreSubject subject, String name) {
    B3Digest digest = Blake3.hash(Blobs.random(subject.random(), 32));
    return Directory.builder().add(PathComponent.of(name), new FileNode(digest, 32, false)).build();
  }

  /// A directory that leads to nothing but another one.
  private static Directory above(StoreSubject subject, Directory leaf) {
    return Directory.builder()
        .add(PathComponent.of("d"), Directories.node(leaf, subject.sizeRule()))
        .build();
  }

  @Checks("DSV-4")
  void aDirectoryMayComeTwiceInAStream(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Directory leaf = one(subject, "leaf");
    Directory root =
        Directory.builder()
            .add(PathComponent.of("a"), Directories.node(leaf, rule))
            .add(PathComponent.of("b"), Directories.node(leaf, rule))
            .build();
    wantBack(subject.dialog(), List.of(leaf, leaf, root));
  }

  /// As when many machines have built the same.
  @Checks("DSV-4")
  void sixteenPutsOfATreeAtOnceSucceed(StoreSubject subject) {
    List<Directory> tree = Corners.threeLevels(2, subject.sizeRule(), subject.random());
    List<byte[]> messages = Directories.messages(tree);
    Dialog dialog = subject.dialog();
    dialog.note(AT_ONCE + " Puts of the same tree at once");
    List<Reply> replies =
        AtOnce.all(
            AT_ONCE,
            _ ->
                dialog
                    .start(StoreMethod.DIRECTORY_PUT)
                    .send(messages.iterator())
                    .halfClose()
                    .end());
    for (Reply reply : replies) {
      dialog.want(
          "each of " + AT_ONCE + " Puts of a tree at once",
          dialog.noted(StoreMethod.DIRECTORY_PUT, messages, reply),
          Directories.root(tree.getLast().digest()));
    }
    wantBack(dialog, tree);
  }

  @Checks("DSV-4")
  void aRefusedPutStoresNothing(StoreSubject subject) {
    Directory leaf = one(subject, "leaf");
    Directory stray = one(subject, "stray");
    Directory root = above(subject, leaf);
    Dialog dialog = subject.dialog();
    dialog.want(
        "Put of directories that the last does not lead to",
        dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(List.of(leaf, stray, root))),
        AllowedReply.refusal("an error"));
    for (Directory one : List.of(root, stray, leaf)) {
      Directories.wantNothing(dialog, "what a refused Put sent", one.digest());
    }
    wantBack(dialog, List.of(leaf, root));
    wantBack(dialog, List.of(stray));
  }

  @Checks("DSV-4")
  void aRefusedPutTakesNothingAway(StoreSubject subject) {
    Directory leaf = one(subject, "leaf");
    Directory root = above(subject, leaf);
    Dialog dialog = subject.dialog();
    Directories.put(dialog, List.of(leaf));
    dialog.want(
        "Put of directories that the last does not lead to",
        dialog.call(
            StoreMethod.DIRECTORY_PUT,
            Directories.messages(List.of(leaf, one(subject, "stray"), root))),
        AllowedReply.refusal("an error"));
    dialog.want(
        "Get of what was put before a refused Put that sent it too",
        Directories.get(dialog, leaf.digest(), false),
        Directories.directory(leaf));
  }

  /// A server may take the end of a call for the end of its stream: a whole tree may be stored then, this is none.
  @Checks("DSV-4")
  void aCancelledPutStoresNoPartOfATree(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Directory before = one(subject, "before");
    List<Directory> parts = List.of(one(subject, "one"), one(subject, "two"));
    Directory root =
        Directory.builder()
            .add(PathComponent.of("a"), Directories.node(parts.getFirst(), rule))
            .add(PathComponent.of("b"), Directories.node(parts.getLast(), rule))
            .build();
    Dialog dialog = subject.dialog();
    Directories.put(dialog, List.of(before));
    StoreCall call = dialog.start(StoreMethod.DIRECTORY_PUT);
    call.send(Directories.messages(List.of(before, parts.getFirst(), parts.getLast())).iterator());
    Moment.pass(A_MOMENT);
    call.cancel();
    dialog.note(
        "DirectoryService/Put of 3 directories, without their root and its end -> cancelled by the"
            + " kit");
    for (int look = 0; look < 2; look++) {
      for (Directory part : parts) {
        Directories.wantNothing(dialog, "what a cancelled Put sent", part.digest());
      }
      dialog.want(
          "Get of what was put before a cancelled Put that sent it too",
          Directories.get(dialog, before.digest(), false),
          Directories.directory(before));
      Moment.pass(A_MOMENT);
    }
    wantBack(dialog, List.of(parts.getFirst(), parts.getLast(), root));
  }

  /// A stream has all that its root leads to.
  @Checks("DSV-3")
  @Should
  void childrenOfAnEarlierStreamAreRefused(StoreSubject subject) {
    Directory leaf = one(subject, "leaf");
    Directory root = above(subject, leaf);
    Dialog dialog = subject.dialog();
    Directories.put(dialog, List.of(leaf));
    dialog.want(
        "Put of a directory whose child came in an earlier stream only",
        dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(List.of(root))),
        AllowedReply.refusal("an error"));
  }

  @Checks("DSV-5")
  void directoriesBelowTheRoot(StoreSubject subject) {
    Directory leaf = one(subject, "leaf");
    Directory root = above(subject, leaf);
    Dialog dialog = subject.dialog();
    Directories.put(dialog, List.of(leaf, root));
    dialog.want(
        "Get of a directory that is no root",
        Directories.get(dialog, leaf.digest(), false),
        Directories.directory(leaf).or(AllowedReply.status(Status.Code.NOT_FOUND)));
    dialog.want(
        "recursive Get of a directory that is no root",
        Directories.get(dialog, leaf.digest(), true),
        Directories.directory(leaf).or(nothing()));
  }

  @Checks("DSV-5")
  void allBelowADirectoryThatIsNotThere(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    dialog.want(
        "recursive Get of an unknown directory",
        Directories.get(dialog, one(subject, "unknown").digest(), true),
        nothing());
  }

  /// What is said of a tree that is not there.
  static AllowedReply nothing() {
    return AllowedReply.status(Status.Code.NOT_FOUND)
        .or(
            AllowedReply.ok(
                "OK and nothing",
                reply ->
                    reply.messages().isEmpty()
                        ? Optional.empty()
                        : Optional.of("OK and " + reply.messages().size() + " messages")));
  }

  @Checks("DSV-6")
  void aHugeDirectoryWorksOrIsTooLarge(StoreSubject subject) {
    Directory huge = Corners.wide(HUGE_WIDTH);
    AllowedReply tooLarge =
        AllowedReply.status(Status.Code.RESOURCE_EXHAUSTED, Status.Code.OUT_OF_RANGE);
    Dialog dialog = subject.dialog();
    Reply put = dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(List.of(huge)));
    dialog.want(
        "Put of a directory of " + HUGE_WIDTH + " entries",
        put,
        Directories.root(huge.digest()).or(tooLarge));
    if (put.isOk()) {
      dialog.want(
          "Get of it",
          Directories.get(dialog, huge.digest(), false),
          Directories.directory(huge).or(tooLarge));
    }
    List<Directory> small = new ArrayList<>(List.of(one(subject, "after")));
    wantBack(dialog, small);
  }

  @Checks("DSV-7")
  @Needs("directory-size")
  void sizesFollowTheRuleThatIsDeclared(StoreSubject subject) {
    DirectorySizes declared = subject.directorySizes();
    for (int entryCount : new int[] {1, 2, 7}) {
      for (SizeRule rule : SizeRule.values()) {
        Dialog dialog = subject.dialog();
        List<Directory> tree = Corners.threeLevels(entryCount, rule, subject.random());
        Reply reply = dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(tree));
        dialog.want(
            "Put of directories whose sizes follow the rule " + rule + ", declared is " + declared,
            reply,
            declared.rules().contains(rule)
                ? Directories.root(tree.getLast().digest())
                : AllowedReply.refusal("an error"));
      }
    }
  }

  @Checks("DSV-7")
  @Needs("directory-size")
  void sizesBesideThoseThatAreDeclaredAreRefused(StoreSubject subject) {
    DirectorySizes declared = subject.directorySizes();
    for (int entryCount : new int[] {1, 2, 7}) {
      List<Directory> tree =
          Corners.threeLevels(entryCount, subject.sizeRule(), subject.random()).subList(0, 2);
      Directory middle = tree.getLast();
      for (long wrong : new long[] {declared.least(middle) - 1, declared.most(middle) + 1}) {
        List<Directory> directories = new ArrayList<>(tree);
        directories.add(
            Directory.builder()
                .add(PathComponent.of("middle"), new DirectoryNode(middle.digest(), wrong))
                .build());
        Dialog dialog = subject.dialog();
        dialog.want(
            "Put of directories with the size "
                + wrong
                + " for one that has "
                + declared.least(middle)
                + (declared == DirectorySizes.EITHER ? " to " + declared.most(middle) : ""),
            dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(directories)),
            AllowedReply.refusal("an error"));
      }
    }
  }

  /// Nothing that has directories in directories can be asked of others.
  @Checks("DSV-7")
  void sizesFollowARuleThatIsKnown(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    for (SizeRule rule : SizeRule.values()) {
      List<Directory> tree = Corners.threeLevels(1, rule, subject.random());
      Reply reply = dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(tree));
      if (reply.isOk()) {
        return;
      }
    }
    throw dialog
        .mismatch(
            "Put of three levels of directories whose sizes follow one of the rules "
                + Arrays.toString(SizeRule.values())
                + ": OK",
            "each is refused")
        .hint("Without a tree that is taken most of the cases are skipped.");
  }

  /// A link to nothing in a directory of its own, for a message that is right by every rule.
  static Directory link(String target) {
    return Directory.builder()
        .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of(target)))
        .build();
  }
}
