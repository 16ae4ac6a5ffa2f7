package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/// Keys that are equal for a store which takes them for text, for numbers, or for less than they are.
class LookAlikeKeyCases {
  private static final int PAIR = 2;
  private static final int HIGH_BIT = 0x80;

  /// Bytes that are the end of text, blank, letters of both cases, or no text at all.
  private static final byte[][] PAIRS = {
    {0, 0}, {' ', '\n'}, {'a', 'A'}, {(byte) 0xc0, (byte) 0xff}, {'_', '%'}, {'/', '\\'}
  };

  @Checks("BLOB-2")
  void blobsWithAZeroInTheirDigestsAreKeptApart(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<byte[]> contents =
        beginningWithZero(
            () -> Blobs.random(subject.random(), 100), content -> Blake3.hash(content).toBytes());
    contents.forEach(content -> Blobs.put(dialog, content));
    contents.forEach(content -> Blobs.wantContent(dialog, content));
  }

  @Checks("DSV-1")
  void directoriesWithAZeroInTheirDigestsAreKeptApart(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<Directory> directories =
        beginningWithZero(
            () -> DirectoryCases.link("zero-" + subject.random().nextLong()),
            directory -> directory.digest().toBytes());
    directories.forEach(one -> Directories.put(dialog, List.of(one)));
    for (Directory one : directories) {
      dialog.want(
          "Get of a directory whose digest begins with a zero",
          Directories.get(dialog, one.digest(), false),
          Directories.directory(one));
    }
  }

  private static <T> List<T> beginningWithZero(Supplier<T> any, Function<T, byte[]> digest) {
    List<T> found = new ArrayList<>();
    while (found.size() < PAIR) {
      T one = any.get();
      if (digest.apply(one)[0] == 0) {
        found.add(one);
      }
    }
    return found;
  }

  @Checks("PIN-2")
  void pathInfosWhoseHashesLookAlikeAreKeptApart(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<byte[]> hashes = lookingAlike(subject.random());
    List<PathInfo> pathInfos = new ArrayList<>();
    for (byte[] hash : hashes) {
      Tree link = Tree.link("target-" + pathInfos.size());
      pathInfos.add(PathInfos.plain(StoredTree.of(link, subject.sizeRule()), hash).build());
      PathInfos.wantPut(dialog, pathInfos.getLast());
    }
    for (int i = 0; i < hashes.size(); i++) {
      PathInfos.wantBack(dialog, hashes.get(i), pathInfos.get(i));
    }
  }

  /// A hash, some that differ from it in one bit, and pairs that differ in the kind of a byte, or only behind it.
  private static List<byte[]> lookingAlike(Random random) {
    byte[] hash = PathInfos.hash(random);
    List<byte[]> hashes = new ArrayList<>(List.of(hash));
    for (int at : new int[] {0, 4, 7, 8, 10, 12, 15, 16, 19}) {
      byte[] other = hash.clone();
      other[at] ^= (byte) HIGH_BIT;
      hashes.add(other);
    }
    for (int at : new int[] {1, PathInfos.HASH_BYTES - 1}) {
      for (byte[] pair : PAIRS) {
        byte[] start = PathInfos.hash(random);
        for (byte one : pair) {
          byte[] changed = start.clone();
          changed[at] = one;
          changed[PathInfos.HASH_BYTES - 2] += (byte) (pair[0] == pair[1] ? hashes.size() : 0);
          hashes.add(changed);
        }
      }
    }
    return hashes;
  }
}
