package io.github.storeproof.store;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.FixtureSink;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Fills stores with fixtures.
public record StoreSink(BlobService blobs, DirectoryService directories, PathInfoService pathInfos)
    implements FixtureSink<StoreException> {
  private static final int PIECE_BYTES = 1 << 20;
  private static final Sha256Digest NO_NAR = Sha256Digest.of(new byte[32]);

  public void fill(Fixture fixture) throws StoreException {
    FixtureInstaller.push(fixture, SizeRule.SNIX, this);
  }

  @Override
  public void blob(Content content, B3Digest digest) throws StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      for (long offset = 0; offset < content.size(); offset += PIECE_BYTES) {
        writer.write(MemorySegment.ofArray(content.slice(offset, PIECE_BYTES)));
      }
      B3Digest stored = writer.commit();
      if (!stored.equals(digest)) {
        throw new AssertionError("blob was stored as " + stored + ", want " + digest);
      }
    }
  }

  @Override
  public void directory(Directory directory) throws StoreException {
    directories.put(directory);
  }

  @Override
  public void root(StorePath path, Node node) throws StoreException {
    pathInfos.put(new PathInfo(path, node, List.of(), NarInfo.of(0, NO_NAR)));
  }
}
