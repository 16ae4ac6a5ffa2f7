package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.OutboardHasher;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import io.github.storeproof.store.remote.SharedLoads;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps each blob in a file named by its digest, and in an index what is needed to check it.
///
/// The index says which blobs there are. A file is written aside, made durable, given its name, and
/// entered into the index, in this order: whatever happens between leaves a file that nobody sees.
/// Files come and go within changes of the index only, which come one after the other in all
/// processes. *Thread-safe.*
public final class FileBlobService implements BlobService {
  /// A blob that is put or asked for again is noted as used when the last note is older than that.
  public static final Duration NOTED_AGAIN = Duration.ofMinutes(10);

  private static final long KEPT_BYTES = 16 << 20;

  /// What is put as a whole and has no more is hashed before anything is written.
  static final int SMALL_BYTES = 256 << 10;

  private static final B3Digest EMPTY = new Blake3().digest();

  private final BlobFiles files;
  private final Index index;
  private final InstantSource clock;
  private final Damage damage = new Damage();
  private final FileChunks chunks;
  private final SharedLoads<B3Digest, BlobRecord> proven =
      new SharedLoads<>(KEPT_BYTES, blob -> 64L + blob.outboard().lengthBytes());

  private FileBlobService(BlobFiles files, Index index, InstantSource clock) {
    this.files = files;
    this.index = index;
    this.clock = clock;
    this.chunks = new FileChunks(index);
  }

  /// The blobs below a directory.
  ///
  /// @param index which stays the caller's
  public static FileBlobService open(Path directory, Index index, InstantSource clock)
      throws StoreException {
    return new FileBlobService(BlobFiles.in(directory), index, clock);
  }

  /// What was found to be corrupt.
  public Damage damage() {
    return damage;
  }

  /// What can be done to it besides putting and reading.
  public BlobUpkeep upkeep() {
    return new BlobUpkeep(files, index);
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return true;
    }
    Optional<BlobRecord> blob = find(digest);
    if (blob.isPresent()) {
      return isNoted(digest, blob.get());
    }
    return chunks.place(digest).isPresent();
  }

  /// Notes that somebody relies on the blob, so that it is not collected before it is referred to.
  private boolean isNoted(B3Digest digest, BlobRecord blob) throws StoreException {
    return isNotedLately(blob)
        || index.change(writer -> {
          Optional<byte[]> now = writer.find(Table.BLOBS, digest.toBytes());
          if (now.isPresent()) {
            writer.put(Table.BLOBS, digest.toBytes(), blob.at(clock.millis()).toBytes());
          }
          return now.isPresent();
        });
  }

  private boolean isNotedLately(BlobRecord blob) {
    return clock.millis() - blob.putMillis() < NOTED_AGAIN.toMillis();
  }

  private Optional<BlobRecord> find(B3Digest digest) throws StoreException {
    Optional<byte[]> bytes = index.read(reader -> reader.find(Table.BLOBS, digest.toBytes()));
    return bytes.isEmpty() ? Optional.empty() : Optional.of(BlobRecord.of(digest, bytes.get()));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return Optional.of(new PieceReader(new byte[0]));
    }
    Optional<VerifiedFile> file = file(digest);
    if (file.isPresent()) {
      return file.map(found -> new FileBlobReader(found, 0, found.blob().sizeBytes()));
    }
    Optional<FileChunks.Place> place = chunks.place(digest);
    return place.isEmpty()
        ? Optional.empty()
        : file(place.get().blob())
            .map(found ->
                new FileBlobReader(found, place.get().fromBytes(), place.get().sizeBytes()));
  }

  private Optional<VerifiedFile> file(B3Digest digest) throws StoreException {
    if (!index.read(reader -> reader.has(Table.BLOBS, digest.toBytes()))) {
      return Optional.empty();
    }
    try {
      return proven
          .of(digest, () -> find(digest))
          .map(blob -> new VerifiedFile(digest, blob, files.of(digest), damage));
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        damage.found(digest, e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return Optional.of(List.of());
    }
    Optional<VerifiedFile> file = file(digest);
    if (file.isPresent()) {
      return Optional.of(chunks.of(file.get()));
    }
    return chunks.place(digest).map(_ -> List.of());
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return new FileBlobWriter(files, clock.millis(), staged -> keep(List.of(staged)));
  }

  /// A small blob that is there already is not written first.
  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    if (content.byteSize() > SMALL_BYTES) {
      return BlobService.super.put(content);
    }
    OutboardHasher.Hashed hashed = new OutboardHasher().update(content).finish();
    if (!isKnown(hashed.digest(), content)) {
      keep(List.of(write(content, hashed)));
    }
    return hashed.digest();
  }

  /// Whether a blob of this content is there, whole and noted.
  boolean isKnown(B3Digest digest, MemorySegment content) throws StoreException {
    if (digest.equals(EMPTY)) {
      return true;
    }
    try {
      Optional<BlobRecord> blob = find(digest);
      return blob.isPresent()
          && files.hasContent(digest, content.asByteBuffer())
          && isNoted(digest, blob.get());
    } catch (IOException e) {
      // Whatever is wrong with it, it is written anew.
      return false;
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return false;
      }
      throw e;
    }
  }

  /// Writes a file of content that was hashed.
  StagedBlob write(MemorySegment content, OutboardHasher.Hashed hashed) throws StoreException {
    BlobRecord blob = new BlobRecord(content.byteSize(), clock.millis(), hashed.outboard());
    return new StagedBlob(hashed.digest(), files.write(content.asByteBuffer()), blob);
  }

  @Override
  public BlobBatch openBatch() {
    return new FileBlobBatch(this, files, clock);
  }

  /// Keeps complete files as blobs, durable when this returns.
  void keep(Collection<StagedBlob> all) throws StoreException {
    List<StagedBlob> staged = all.stream().filter(each -> !each.digest().equals(EMPTY)).toList();
    Set<B3Digest> whole = new HashSet<>();
    try {
      for (StagedBlob each : staged) {
        if (isWhole(each)) {
          whole.add(each.digest());
        }
      }
      files.syncContent(
          staged.stream()
              .filter(each -> !whole.contains(each.digest()))
              .map(StagedBlob::file)
              .toList());
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be written", e);
    }
    int _ = index.change(writer -> enter(writer, staged, whole));
    for (StagedBlob each : all) {
      damage.healed(each.digest());
      BlobFiles.discard(each.file());
    }
  }

  /// Whether the blob is there and is what was written: then nothing has to be replaced.
  private boolean isWhole(StagedBlob staged) throws StoreException, IOException {
    Optional<byte[]> known =
        index.read(reader -> reader.find(Table.BLOBS, staged.digest().toBytes()));
    if (known.isEmpty()) {
      return false;
    }
    try {
      return BlobRecord.of(staged.digest(), known.get()).isOfSameContent(staged.blob())
          && files.hasContentOf(staged.digest(), staged.file());
    } catch (StoreException _) {
      // Its record is corrupt.
      return false;
    }
  }

  private int enter(Index.Writer writer, Collection<StagedBlob> staged, Set<B3Digest> whole)
      throws StoreException {
    Set<B3Digest> placed = new HashSet<>();
    try {
      for (StagedBlob each : staged) {
        byte[] key = each.digest().toBytes();
        boolean wasWhole = whole.contains(each.digest());
        boolean isThere = wasWhole && writer.has(Table.BLOBS, key);
        if (!isThere && placed.add(each.digest())) {
          if (wasWhole) {
            // Collected since it was looked at: the file was not made durable yet.
            files.syncContent(List.of(each.file()));
          }
          files.place(each.file(), each.digest());
        }
        writer.put(Table.BLOBS, key, each.blob().toBytes());
      }
      files.syncNames(placed);
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be given its name", e);
    }
    return placed.size();
  }
}
