package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.github.storeproof.proto.castore.v1.CastoreProto.Directory;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/// The directory service, in memory.
final class Directories {
  private static final int LARGE_BYTES = 1 << 20;
  private static final int MESSAGE_BYTES = 4 << 20;
  private static final int MANY_ENTRIES = 50_000;
  private static final int MANY_CHILDREN = 1000;
  private static final int MOST_LEVELS = 64;
  private static final int DEEP = 2_500;
  private static final int MANY_DIRECTORIES = 8_000;

  private static final Parser<Directory> KNOWN_FIELDS =
      DiscardUnknownFieldsParser.wrap(Directory.parser());

  private final StoreFault fault;
  private final DirectoryChecks checks;
  private final Runnable stop;
  private final Map<ByteString, Directory> stored = new ConcurrentHashMap<>();
  private final List<byte[]> common = new CopyOnWriteArrayList<>();
  private final Map<ByteString, ByteString> parents = new ConcurrentHashMap<>();
  private final Set<ByteString> refused = ConcurrentHashMap.newKeySet();
  private final Semaphore isFree = new Semaphore(1);
  private final Blobs blobs;

  /// @param stop ends the server
  Directories(StoreFault fault, Runnable stop, Blobs blobs) {
    this.fault = fault;
    this.blobs = blobs;
    this.checks = new DirectoryChecks(fault);
    this.stop = stop;
  }

  void restarted() {
    if (fault == StoreFault.CHILDREN_ARE_LOST_AT_A_RESTART) {
      parents.keySet().forEach(stored::remove);
    }
  }

  Optional<Directory> find(ByteString digest) throws Refused {
    Directory found = stored.get(digest);
    if (found == null && fault == StoreFault.BLOBS_ARE_DIRECTORIES_TOO) {
      Optional<ByteString> bytes = blobs.content(digest);
      try {
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Directory.parseFrom(bytes.get()));
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(found);
  }

  List<? extends MessageLite> get(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    GetDirectoryRequest request = GetDirectoryRequest.parseFrom(messages.getFirst());
    ByteString digest = request.getDigest();
    boolean isShort = digest.size() != 32;
    if (isShort && request.getRecursive() && fault == StoreFault.SHORT_DIGESTS_HAVE_EMPTY_TREES) {
      return List.of();
    }
    if (isShort) {
      throw Refused.invalid("digest has " + digest.size() + " bytes, want 32");
    }
    boolean isLost =
        fault == StoreFault.ROOTS_THAT_BECAME_BRANCHES_ARE_LOST
            && parents.containsKey(digest)
            && !digest.equals(Hashes.blake3(new byte[0]));
    Directory found = isLost ? null : find(digest).orElse(null);
    if (found == null && request.getRecursive() && fault == StoreFault.UNKNOWN_TREES_ARE_INTERNAL) {
      throw new Refused(Status.INTERNAL);
    }
    if (found == null) {
      if (fault == StoreFault.UNKNOWN_DIRECTORIES_ARE_EMPTY) {
        return List.of();
      }
      throw Refused.missing("directory");
    }
    if (request.getRecursive() && fault == StoreFault.TREES_COME_FOR_THEIR_BRANCHES) {
      return new ArrayList<>(below(parents.getOrDefault(digest, digest)));
    }
    if (request.getRecursive()) {
      return new ArrayList<>(below(digest));
    }
    if (fault == StoreFault.CHILDREN_COME_FOR_THEIR_PARENTS && parents.containsKey(digest)) {
      return List.of(stored.get(parents.get(digest)));
    }
    return List.of(found);
  }

  private List<Directory> below(ByteString root) throws Refused {
    Map<ByteString, Directory> seen = new LinkedHashMap<>();
    List<Directory> all = new ArrayList<>();
    Deque<ByteString> wanted = new ArrayDeque<>(List.of(root));
    while (!wanted.isEmpty()) {
      ByteString next =
          fault == StoreFault.DEPTH_COMES_FIRST ? wanted.removeLast() : wanted.removeFirst();
      Directory directory = find(next).orElse(null);
      if (directory == null) {
        continue;
      }
      boolean isNew = seen.put(next, directory) == null;
      boolean isLeaf = directory.getDirectoriesCount() == 0 && !next.equals(root);
      if (isNew || fault == StoreFault.SHARED_DIRECTORIES_COME_AGAIN) {
        if (!isLeaf || fault != StoreFault.LEAVES_DO_NOT_COME) {
          all.add(directory);
        }
      }
      if (isNew) {
        directory.getDirectoriesList().stream()
            .limit(fault == StoreFault.BROAD_TREES_ARE_CUT ? MANY_CHILDREN : Integer.MAX_VALUE)
            .forEach(child -> wanted.addLast(child.getDigest()));
      }
    }
    return fault == StoreFault.CHILDREN_COME_FIRST ? all.reversed() : all;
  }

  /// Takes the messages of a Put.
  StreamObserver<byte[]> put(StreamObserver<byte[]> client) {
    List<byte[]> taken = fault == StoreFault.TREES_AT_ONCE_MIX ? common : new ArrayList<>();
    return new Handler.Collecting(client, this::accepted, taken) {
      @Override
      public void onError(Throwable gone) {
        if (fault == StoreFault.CANCELLED_TREES_ARE_STORED) {
          keep(messages());
        }
        if (fault == StoreFault.CANCELLED_TREES_REMOVE_WHAT_WAS_THERE) {
          messages().forEach(message -> stored.remove(Hashes.blake3(message)));
        }
      }
    };
  }

  private List<? extends MessageLite> accepted(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    try {
      Map<ByteString, Directory> tree = checked(messages);
      checkTree(tree);
      if (fault == StoreFault.REFUSED_TREES_STAY_REFUSED
          && tree.keySet().stream().anyMatch(refused::contains)) {
        throw Refused.invalid("it was refused before");
      }
      ByteString root = ByteString.EMPTY;
      for (Map.Entry<ByteString, Directory> one : tree.entrySet()) {
        stored.put(one.getKey(), changed(one.getValue()));
        one.getValue()
            .getDirectoriesList()
            .forEach(child -> parents.put(child.getDigest(), one.getKey()));
        root =
            root.isEmpty() || fault != StoreFault.PUT_ANSWERS_THE_FIRST_DIRECTORY
                ? one.getKey()
                : root;
      }
      return List.of(PutDirectoryResponse.newBuilder().setRootDigest(root).build());
    } catch (Refused e) {
      if (fault == StoreFault.REFUSED_PUTS_ARE_STORED) {
        keep(messages);
      }
      messages.forEach(message -> refused.add(Hashes.blake3(message)));
      if (fault == StoreFault.REFUSED_PUTS_REMOVE_WHAT_WAS_THERE) {
        messages.forEach(message -> stored.remove(Hashes.blake3(message)));
      }
      throw fault == StoreFault.REFUSALS_ARE_UNKNOWN ? new Refused(Status.UNKNOWN) : e;
    }
  }

  private void checkTree(Map<ByteString, Directory> tree) throws Refused {
    long treeBytes = tree.values().stream().mapToLong(Directory::getSerializedSize).sum();
    if (treeBytes > MESSAGE_BYTES && fault == StoreFault.LARGE_TREES_ARE_REFUSED) {
      throw new Refused(Status.RESOURCE_EXHAUSTED);
    }
    if (fault != StoreFault.PUTS_OF_A_TREE_AT_ONCE_COLLIDE) {
      return;
    }
    if (!isFree.tryAcquire()) {
      throw new Refused(Status.ABORTED);
    }
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      isFree.release();
    }
  }

  private void keep(List<byte[]> messages) {
    for (byte[] message : messages) {
      try {
        stored.put(Hashes.blake3(message), Directory.parseFrom(message));
      } catch (InvalidProtocolBufferException e) {
        return;
      }
    }
  }

  /// The directories of a stream by digest, the root last.
  private Map<ByteString, Directory> checked(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    Map<ByteString, Directory> tree = new LinkedHashMap<>();
    Map<ByteString, DirectoryChecks.Sizes> sizes = new LinkedHashMap<>();
    Set<ByteString> wanted = new HashSet<>();
    for (byte[] message : messages) {
      Directory sent = Directory.parseFrom(message);
      Directory known = KNOWN_FIELDS.parseFrom(message);
      Directory directory = fault == StoreFault.UNKNOWN_FIELDS_COME_BACK ? sent : known;
      checkExtent(directory, tree.size());
      boolean isAsItCame =
          fault == StoreFault.UNKNOWN_FIELDS_ARE_HASHED && !sent.equals(known)
              || fault == StoreFault.OTHER_FORMS_ARE_HASHED && sent.equals(known);
      ByteString digest = Hashes.blake3(isAsItCame ? message : known.toByteArray());
      if (tree.containsKey(digest) && fault == StoreFault.REPEATED_DIRECTORIES_ARE_REFUSED) {
        throw Refused.invalid("a directory came twice");
      }
      if (fault == StoreFault.CHILDREN_ARE_LOOKED_FOR_IN_THE_STORE) {
        directory.getDirectoriesList().stream()
            .filter(child -> stored.containsKey(child.getDigest()))
            .forEach(
                child -> sizes.put(child.getDigest(), DirectoryChecks.Sizes.of(child.getSize())));
      }
      boolean isUnseen =
          fault == StoreFault.ONLY_ROOTS_ARE_CHECKED && message != messages.getLast();
      sizes.put(digest, isUnseen ? checks.size(directory, sizes) : checks.check(directory, sizes));
      directory.getDirectoriesList().forEach(child -> wanted.add(child.getDigest()));
      tree.put(digest, directory);
    }
    if (tree.isEmpty() && fault != StoreFault.EMPTY_STREAMS_ARE_TAKEN) {
      throw Refused.invalid("no directory");
    }
    Set<ByteString> strays = new LinkedHashSet<>(tree.keySet());
    strays.removeAll(wanted);
    if (strays.size() > 1 && fault != StoreFault.STRAYS_ARE_TAKEN) {
      throw Refused.invalid(strays.size() + " roots, want 1");
    }
    return tree;
  }

  private void checkExtent(Directory directory, int level) throws Refused {
    if (fault == StoreFault.LARGE_DIRECTORIES_ARE_REFUSED
        && directory.getSerializedSize() > LARGE_BYTES) {
      throw new Refused(Status.RESOURCE_EXHAUSTED);
    }
    if (directory.getFilesCount() > MANY_ENTRIES) {
      switch (fault) {
        case HUGE_DIRECTORIES_ARE_INTERNAL -> throw new Refused(Status.INTERNAL);
        case HUGE_DIRECTORIES_STOP_THE_SERVER -> stop.run();
        default -> {}
      }
    }
    boolean stops =
        fault == StoreFault.MANY_DIRECTORIES_STOP_THE_SERVER && level >= MANY_DIRECTORIES
            || fault == StoreFault.DEEP_TREES_STOP_THE_SERVER && level >= DEEP;
    if (stops) {
      stop.run();
    }
    if (level >= MOST_LEVELS && fault == StoreFault.DEEP_TREES_ARE_REFUSED) {
      throw new Refused(Status.RESOURCE_EXHAUSTED);
    }
  }

  /// A directory as faults store it.
  private Directory changed(Directory directory) {
    Directory.Builder builder = directory.toBuilder();
    switch (fault) {
      case EXECUTABLES_ARE_PLAIN ->
          builder.getFilesBuilderList().forEach(FileEntry.Builder::clearExecutable);
      case SIZES_ARE_FLOATING -> {
        for (FileEntry.Builder file : builder.getFilesBuilderList()) {
          file.setSize((long) (double) file.getSize());
        }
      }
      case NAMES_ARE_TEXT -> {
        for (FileEntry.Builder file : builder.getFilesBuilderList()) {
          file.setName(ByteString.copyFromUtf8(file.getName().toStringUtf8()));
        }
      }
      case LONG_TARGETS_ARE_CUT -> {
        for (SymlinkEntry.Builder link : builder.getSymlinksBuilderList()) {
          link.setTarget(link.getTarget().substring(0, Math.min(link.getTarget().size(), 1023)));
        }
      }
      default -> {}
    }
    return builder.build();
  }
}
