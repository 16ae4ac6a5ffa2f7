package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.object.ObjectKey;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store of objects of a directory; what is in its files is changed behind its back.
class ObjectBlobServiceTest extends BlobServiceContract {
  @TempDir private Path directory;

  private BlobService blobs;

  @BeforeEach
  void open() throws StoreException {
    blobs = ObjectStore.open(directory, SizeRule.SNIX).blobs();
  }

  @Override
  protected BlobService blobs() {
    return blobs;
  }

  private Path file(ObjectKey.Kind kind, B3Digest digest) {
    return directory.resolve(ObjectKey.of(kind, digest).path());
  }

  private byte[] read(B3Digest digest) throws StoreException {
    try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
      return readAt(reader, 0, (int) reader.size() + 1);
    }
  }

  private static void assertFails(StoreFailure failure, String messagePart, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  @Test
  void aSmallBlobIsOneFrameAndAnEmptyList() throws Exception {
    byte[] bytes = new byte[10_000];
    bytes[7] = 1;
    B3Digest digest = write(blobs, bytes, 1000);
    String hex = digest.hex();
    String place = "b3/" + hex.substring(0, 4) + "/" + hex;
    assertThat(directory.resolve("blobs/" + place)).isEmptyFile();
    byte[] frame = Files.readAllBytes(directory.resolve("chunks/" + place));
    assertThat(frame).hasSizeLessThan(200);
    assertThat(Zstd.decompress(frame, 10_000)).isEqualTo(bytes);
    assertThat(directory.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aLargeBlobIsAListOfChunksThatOthersShare() throws Exception {
    byte[] bytes = random(LARGE_BYTES);
    B3Digest digest = write(blobs, bytes, 100_000);
    byte[] list = Files.readAllBytes(file(ObjectKey.Kind.BLOB, digest));
    assertThat(StatBlobResponse.parseFrom(list).getChunksList())
        .hasSizeBetween(6, 24)
        .allMatch(chunk -> chunk.getSize() <= 512 << 10);
    long before = chunkCount();
    bytes[0]++;
    write(blobs, bytes, 100_000);
    assertThat(chunkCount() - before).isEqualTo(1);
  }

  private long chunkCount() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aStoreThatIsOpenedAgainHasEverything() throws Exception {
    byte[] bytes = random(LARGE_BYTES);
    B3Digest digest = write(blobs, bytes, 100_000);
    open();
    assertThat(read(digest)).isEqualTo(bytes);
  }

  @Test
  void aChunkThatIsNotWhatItsDigestSaysIsNeverServedAndPuttingAgainRepairs() throws Exception {
    byte[] bytes = random(LARGE_BYTES);
    B3Digest digest = write(blobs, bytes, 100_000);
    Chunk first = blobs.chunks(digest).orElseThrow().getFirst();
    Path file = file(ObjectKey.Kind.CHUNK, first.digest());
    byte[] frame = Files.readAllBytes(file);
    byte[] other = Zstd.compress(random((int) first.sizeBytes()));
    byte[] bomb = Zstd.compress(new byte[64 << 20], 1);
    for (byte[] wrong :
        List.of(new byte[0], new byte[100], Arrays.copyOf(frame, frame.length / 2), other, bomb)) {
      Files.write(file, wrong);
      open();
      try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
        MemorySegment into = MemorySegment.ofArray(new byte[1]);
        assertFails(StoreFailure.CORRUPT, first.digest().toString(), () -> reader.read(0, into));
        assertThat(reader.read(first.sizeBytes(), into)).isEqualTo(1);
      }
      assertThat(write(blobs, bytes, 1 << 20)).isEqualTo(digest);
      assertThat(read(digest)).isEqualTo(bytes);
    }
  }

  @Test
  void aChunkThatIsGoneIsAFailureAndNotTheEndOfTheBlob() throws Exception {
    for (int sizeBytes : new int[] {100, LARGE_BYTES}) {
      byte[] bytes = random(sizeBytes);
      B3Digest digest = write(blobs, bytes, 100_000);
      List<Chunk> chunks = blobs.chunks(digest).orElseThrow();
      B3Digest first = chunks.isEmpty() ? digest : chunks.getFirst().digest();
      Files.delete(file(ObjectKey.Kind.CHUNK, first));
      open();
      assertFails(StoreFailure.MISSING, "is not there", () -> read(digest));
      write(blobs, bytes, 100_000);
      assertThat(read(digest)).isEqualTo(bytes);
    }
  }

  @Test
  void aBombInTheOnlyChunkEndsWithinItsBound() throws Exception {
    B3Digest digest = write(blobs, random(100), 100);
    Files.write(file(ObjectKey.Kind.CHUNK, digest), Zstd.compress(new byte[64 << 20], 1));
    open();
    assertFails(StoreFailure.CORRUPT, "has more than 16777216 bytes", () -> blobs.openRead(digest));
  }

  @Test
  void listsThatCannotBeAreRefused() throws Exception {
    B3Digest digest = write(blobs, random(LARGE_BYTES), 100_000);
    Chunk chunk = blobs.chunks(digest).orElseThrow().getFirst();
    ByteString known = ByteString.copyFrom(chunk.digest().toBytes());
    ByteString own = ByteString.copyFrom(digest.toBytes());
    Path file = file(ObjectKey.Kind.BLOB, digest);
    Files.write(file, list(known, chunk.sizeBytes(), own, 100));
    assertRefused(digest, "is a chunk of itself");
    Files.write(file, list(known, Long.MAX_VALUE, known, Long.MAX_VALUE));
    assertRefused(digest, "has 9223372036854775807 bytes, want 1..16777216");
    Files.write(file, list(known, chunk.sizeBytes(), known, -1));
    assertRefused(digest, "has 18446744073709551615 bytes");
    Files.write(file, list(known, chunk.sizeBytes(), known, 0));
    assertRefused(digest, "has 0 bytes");
    Files.write(file, list(known, chunk.sizeBytes(), ByteString.copyFrom(new byte[31]), 5));
    assertRefused(digest, "31 bytes");
    Files.write(file, new byte[] {-1, -1, -1});
    assertRefused(digest, "chunks of blob " + digest);
    Files.write(file, list(known, chunk.sizeBytes() + 1, known, 1));
    open();
    assertFails(StoreFailure.CORRUPT, "bytes, want " + (chunk.sizeBytes() + 1), () -> read(digest));
  }

  private void assertRefused(B3Digest digest, String messagePart) throws StoreException {
    open();
    assertFails(StoreFailure.CORRUPT, messagePart, () -> blobs.openRead(digest));
    assertFails(StoreFailure.CORRUPT, messagePart, () -> blobs.chunks(digest));
  }

  private static byte[] list(ByteString first, long size, ByteString second, long secondSize) {
    return StatBlobResponse.newBuilder()
        .addChunks(StatBlobResponse.ChunkMeta.newBuilder().setDigest(first).setSize(size))
        .addChunks(StatBlobResponse.ChunkMeta.newBuilder().setDigest(second).setSize(secondSize))
        .build()
        .toByteArray();
  }
}
