package io.github.storeproof.store.importer;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarReader;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.nar.NarDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Stores trees of files from disk, or of archives: contents, directories, and the digest of the NAR.
///
/// Memory is bounded by the widest directory and the deepest path, not by the tree. Trees are
/// imported one after the other. *Confined.*
public final class TreeImporter implements AutoCloseable {
  private static final int STEP_QUEUE_LENGTH = 1024;

  private final BlobService blobs;
  private final DirectoryService directories;
  private final SizeRule sizeRule;
  private final FileReaders readers;

  /// @param sizeRule how the sizes of directories are counted
  public TreeImporter(BlobService blobs, DirectoryService directories, SizeRule sizeRule) {
    this.blobs = blobs;
    this.directories = directories;
    this.sizeRule = sizeRule;
    this.readers = new FileReaders(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /// Stores the tree at `path`: a directory with all below it, a file, or a symlink as it is.
  ///
  /// @throws ImportException when something in it cannot be read, is no directory, file or symlink,
  ///     or changes meanwhile
  public ImportedTree importTree(RawPath path)
      throws ImportException, StoreException, InterruptedException {
    BlockingQueue<Step> steps = new ArrayBlockingQueue<>(STEP_QUEUE_LENGTH);
    try (BlobBatch batch = blobs.openBatch()) {
      TreeWalker walker = new TreeWalker(readers, batch, steps);
      Thread thread =
          Thread.ofPlatform().daemon().name("import-walker").start(() -> walker.walk(path));
      try (DirectoryWriter writer = directories.putMultiple()) {
        return new TreeAssembler(batch, writer, sizeRule).assemble(steps);
      } finally {
        thread.interrupt();
        thread.join();
        readers.awaitIdle();
      }
    }
  }

  /// Stores the tree of an archive while it is read.
  ///
  /// @param archive read to its end, not closed
  /// @throws InvalidDataException when it is no archive; nothing refers to what was stored of it
  /// @throws IOException when it cannot be read
  public ImportedTree importArchive(InputStream archive) throws IOException, StoreException {
    NarDigest digest = new NarDigest();
    try (BlobBatch batch = blobs.openBatch();
        DirectoryWriter writer = directories.putMultiple()) {
      ArchiveAssembler assembler = new ArchiveAssembler(batch, writer, sizeRule);
      NarReader.read(new DigestedArchive(archive, digest), assembler);
      return new ImportedTree(assembler.complete(), digest.digest(), digest.sizeBytes());
    } catch (IOException e) {
      if (e.getCause() instanceof StoreException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    readers.close();
  }
}
