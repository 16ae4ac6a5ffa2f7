package io.github.storeproof.store.importer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarVisitor;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// Stores the contents of an archive as they come, and builds its directories from the leaves up.
/// What a store refuses is the cause of an [IOException]. *Confined.*
final class ArchiveAssembler implements NarVisitor {
  private static final int BUFFER_BYTES = 256 << 10;

  private final BlobBatch blobs;
  private final DirectoryWriter directories;
  private final SizeRule sizeRule;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final OpenDirectories open = new OpenDirectories();

  ArchiveAssembler(BlobBatch blobs, DirectoryWriter directories, SizeRule sizeRule) {
    this.blobs = blobs;
    this.directories = directories;
    this.sizeRule = sizeRule;
  }

  @Override
  public void directory() {
    open.begin();
  }

  @Override
  public void entry(PathComponent name) {
    open.name(name);
  }

  @Override
  public void endDirectory() throws IOException {
    Directory directory = open.end();
    try {
      directories.put(directory);
    } catch (StoreException e) {
      throw new IOException(e);
    }
    open.add(DirectoryNode.of(directory, sizeRule));
  }

  @Override
  public void file(boolean executable, long sizeBytes, InputStream content) throws IOException {
    try {
      B3Digest digest =
          sizeBytes <= BUFFER_BYTES ? storeSmall((int) sizeBytes, content) : storeLarge(content);
      open.add(new FileNode(digest, sizeBytes, executable));
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }

  private B3Digest storeSmall(int sizeBytes, InputStream content)
      throws IOException, StoreException {
    content.readNBytes(buffer, 0, sizeBytes);
    return blobs.put(MemorySegment.ofArray(buffer).asSlice(0, sizeBytes));
  }

  private B3Digest storeLarge(InputStream content) throws IOException, StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      int count = content.read(buffer);
      while (count >= 0) {
        writer.write(MemorySegment.ofArray(buffer).asSlice(0, count));
        count = content.read(buffer);
      }
      return writer.commit();
    }
  }

  @Override
  public void symlink(SymlinkTarget target) {
    open.add(new SymlinkNode(target));
  }

  /// Makes durable what was read, of which nothing refers to anything before.
  Node complete() throws StoreException {
    Node complete = open.root();
    // Contents before the directories that refer to them.
    blobs.flush();
    if (complete instanceof DirectoryNode) {
      directories.commit();
    }
    return complete;
  }
}
