package io.github.storeproof.conformance.cases.fs;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.MountServer;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse.ChunkMeta;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// A mount before a store that lies. What is right is served, or EIO; nothing hangs, and the mount lives on.
@NeedsFaults
@NeedsAnyFixture
public final class HostileStoreCases {
  private static final int MANY = 100_000;
  private static final long MOST_GROWTH_BYTES = 512L << 20;

  @Checks("BLOB-9")
  void listsOfChunksThatMakeNoSenseEndInAnError(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Trial trial = new Trial();
    List<List<ChunkMeta>> lists = lists(content(0));
    for (int i = 0; i < lists.size(); i++) {
      Content content = content(i);
      lie(mount, content, lists(content).get(i));
      FaultyMount.wantRightOrEio(trial, path(i), content);
      FaultyMount.wantSize(trial, path(i), content.size());
    }
    FaultyMount.wantRight(trial, Topic.HOSTILE, "sibling");
    mount.run("chunks of files are listed that are the file itself, nothing, or too long", trial);
    mount.faults().clear();
    mount.await(
        "lists of chunks made no sense and are right again",
        after -> {
          for (int i = 0; i < lists.size(); i++) {
            FaultyMount.wantRight(after, Topic.HOSTILE, "list" + i);
          }
        });
  }

  /// Who finds a path info by its hash can see whose it is; path infos of services that are trusted are believed.
  @Should
  @Checks("ROOT-3")
  void thePathInfoOfAnotherStorePathIsNotShown(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.HOSTILE, "sibling");
    Node node = new FileNode(content.digest(), content.size(), false);
    StorePath other = CorruptContentCases.madeUp("other");
    StorePath sameName =
        StorePath.of(CorruptContentCases.madeUp("same-name").digest(), other.name());
    StorePath sameHash =
        StorePath.of(CorruptContentCases.madeUp("same-hash").digest(), "faults-same-hash");
    StorePath asked = CorruptContentCases.madeUp("asked");
    mount.faults().pretend(asked, other, node);
    mount.faults().pretend(sameName, other, node);
    mount.faults().pretend(sameHash, StorePath.of(sameHash.digest(), other.name()), node);
    Trial trial = new Trial();
    for (int again = 0; again < 2; again++) {
      for (StorePath path : List.of(asked, sameName, sameHash)) {
        trial.want(
            trial.calls().lstat(path.basename()),
            Allowed.errno(Errno.ENOENT).or(Allowed.errno(Errno.EIO)));
      }
    }
    FaultyMount.wantRight(trial, Topic.HOSTILE, "sibling");
    mount.run("it answers three store paths with the path info of another one", trial);
    mount.faults().clear();
  }

  private static Content content(int number) {
    return FaultFixture.content(Topic.HOSTILE, "list" + number);
  }

  private static byte[] path(int number) {
    return FaultFixture.path(Topic.HOSTILE, "list" + number);
  }

  private static void lie(FaultyMount mount, Content content, List<ChunkMeta> chunks) {
    StatBlobResponse answer = StatBlobResponse.newBuilder().addAllChunks(chunks).build();
    mount.faults().blob(content.digest(), new Fault.Lists(answer.toByteArray()));
  }

  private static List<List<ChunkMeta>> lists(Content content) {
    B3Digest self = content.digest();
    B3Digest nothing = Blake3.hash(self.toBytes());
    long size = content.size();
    List<ChunkMeta> endless = new ArrayList<>(Collections.nCopies(MANY, chunk(self, 0)));
    endless.add(chunk(self, size));
    return List.of(
        List.of(chunk(self, size / 2), chunk(self, size - size / 2)),
        List.of(chunk(nothing, size / 2), chunk(nothing, size - size / 2)),
        List.of(chunk(self, Long.MIN_VALUE), chunk(self, Long.MIN_VALUE), chunk(self, size)),
        List.of(chunk(self, -1), chunk(self, size + 1)),
        List.of(chunk(self, size - 1)),
        endless);
  }

  private static ChunkMeta chunk(B3Digest digest, long sizeBytes) {
    return ChunkMeta.newBuilder()
        .setDigest(ByteString.copyFrom(digest.toBytes()))
        .setSize(sizeBytes)
        .build();
  }

  @Checks("BLOB-10")
  void contentOfAnotherDigestIsRefused(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Trial trial = new Trial();
    for (String name : List.of("small", "middle")) {
      Content content = FaultFixture.content(Topic.HOSTILE, name);
      byte[] other =
          Content.random(content.hashCode(), content.size()).slice(0, (int) content.size());
      BlobChunk answer = BlobChunk.newBuilder().setData(ByteString.copyFrom(other)).build();
      mount.faults().blob(content.digest(), new Fault.Answers(answer.toByteArray()));
      FaultyMount.wantUnreadable(trial, FaultFixture.path(Topic.HOSTILE, name));
    }
    FaultyMount.wantRight(trial, Topic.HOSTILE, "sibling");
    mount.run("small and middle have other bytes, as many as they should have", trial);
    mount.faults().clear();
    mount.await(
        "files had other bytes and are right again",
        after -> FaultyMount.wantRight(after, Topic.HOSTILE, "small"));
  }

  /// Each chunk hashes to the digest that the list has for it, but together they are another blob.
  @Checks("BLOB-10")
  @Should
  void chunksOfAnotherBlobAreRefused(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content asked = content(FaultFixture.HOSTILE_FILES - 1);
    Content other = content(FaultFixture.HOSTILE_FILES - 2);
    lie(mount, asked, List.of(chunk(other.digest(), other.size())));
    Trial trial = new Trial();
    FaultyMount.wantRightOrEio(trial, path(FaultFixture.HOSTILE_FILES - 1), asked);
    mount.run("the list of chunks of a file is that of another of the same size", trial);
  }

  @Checks("DSV-8")
  void endlessDirectoriesEndInAnError(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    B3Digest sub = mount.directory(Topic.HOSTILE, "sub");
    byte[] right = encoded(mount);
    mount.faults().directory(sub, new Fault.Streams(() -> endless(right), Status.Code.OK));
    Trial trial = new Trial();
    trial.calls().lstat(FaultFixture.path(Topic.HOSTILE, "sub", "file"));
    FaultyMount.wantRight(trial, Topic.HOSTILE, "sibling");
    long before = residentBytes(mount);
    mount.run("the directory sub is followed by others without end", trial);
    long grown = residentBytes(mount) - before;
    if (grown > MOST_GROWTH_BYTES) {
      throw new Mismatch(
          "a server that takes at most "
              + (MOST_GROWTH_BYTES >> 20)
              + " MiB for a stream without end",
          (grown >> 20) + " MiB more than before");
    }
    mount.faults().clear();
    mount.await(
        "a directory never ended and is right again",
        after -> {
          FaultyMount.wantRight(after, Topic.HOSTILE, "sub");
          FaultyMount.wantRight(after, Topic.HOSTILE, "sub", "file");
        });
  }

  private static long residentBytes(FaultyMount mount) {
    return mount.mount().server().map(MountServer::residentBytes).orElse(0L);
  }

  private static byte[] encoded(FaultyMount mount) {
    return DirectoryCodec.encode(
        TreeNodes.directory((Tree.Dir) FaultFixture.tree(Topic.HOSTILE, "sub"), mount.sizeRule()));
  }

  /// A directory and then the empty one, again and again.
  private static Iterator<byte[]> endless(byte[] first) {
    byte[] empty = DirectoryCodec.encode(Directory.EMPTY);
    return new Iterator<>() {
      private boolean isBegun;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public byte[] next() {
        byte[] next = isBegun ? empty : first;
        isBegun = true;
        return next;
      }
    };
  }
}
