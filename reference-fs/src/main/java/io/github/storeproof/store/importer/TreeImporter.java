package io.github.storeproof.store.importer;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Stores trees of files from disk: contents, directories, and the digest of the NAR.
///
/// Memory is bounded by the widest directory and the deepest path, not by the tree. Trees are
/// imported one after the other. *Confined.*
public final class TreeImporter implements AutoCloseable {
  private static final int STEP_QUEUE_LENGTH = 4096;

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

  @Override
  public void close() {
    readers.close();
  }
}
