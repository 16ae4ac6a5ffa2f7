package io.github.storeproof.store.importer;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarWriter;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobInputStream;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.nar.NarDigest;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Follows the steps of a walk: writes the NAR for its hash, and builds the directories from the
/// leaves up.
///
/// File contents for the NAR come from the blob store, in order; later files are being stored
/// meanwhile. *Confined.*
final class TreeAssembler {
  private final BlobBatch blobs;
  private final DirectoryWriter directories;
  private final SizeRule sizeRule;
  private final NarDigest narDigest = new NarDigest();
  private final NarWriter nar = new NarWriter(narDigest);
  private final OpenDirectories open = new OpenDirectories();

  TreeAssembler(BlobBatch blobs, DirectoryWriter directories, SizeRule sizeRule) {
    this.blobs = blobs;
    this.directories = directories;
    this.sizeRule = sizeRule;
  }

  /// Takes steps until the tree is complete, and stores its directories.
  ImportedTree assemble(BlockingQueue<Step> steps)
      throws ImportException, StoreException, InterruptedException {
    Step step = steps.take();
    while (!(step instanceof Step.End)) {
      try {
        take(step);
      } catch (IOException e) {
        throw unwrapped(e);
      }
      step = steps.take();
    }
    return complete();
  }

  private void take(Step step)
      throws ImportException, StoreException, IOException, InterruptedException {
    switch (step) {
      case Step.Enter _ -> {
        nar.directory();
        open.begin();
      }
      case Step.Name(PathComponent name) -> {
        nar.entry(name);
        open.name(name);
      }
      case Step.File(Future<StoredFile> stored) -> file(await(stored));
      case Step.Link(var target) -> {
        nar.symlink(target);
        open.add(new SymlinkNode(target));
      }
      case Step.Leave _ -> leave();
      case Step.Failed(Exception reason) -> throw rethrown(reason);
      case Step.End _ -> throw new IllegalArgumentException("end of the tree is no part of it");
    }
  }

  private void file(StoredFile stored) throws StoreException, IOException {
    FileNode file = stored.node();
    try (BlobReader reader =
        stored.content().isPresent() ? stored.content().get() : openRead(file)) {
      nar.file(file.executable(), file.size(), new BlobInputStream(reader));
    }
    open.add(file);
  }

  private BlobReader openRead(FileNode file) throws StoreException {
    return blobs
        .openRead(file.digest())
        .orElseThrow(() ->
            new StoreException(
                StoreFailure.MISSING, "blob " + file.digest() + " was stored and is gone"));
  }

  private void leave() throws StoreException, IOException {
    nar.endDirectory();
    Directory directory = open.end();
    directories.put(directory);
    open.add(DirectoryNode.of(directory, sizeRule));
  }

  private ImportedTree complete() throws StoreException {
    nar.finish();
    Node complete = open.root();
    // Contents before the directories that refer to them.
    blobs.flush();
    if (complete instanceof DirectoryNode) {
      directories.commit();
    }
    return new ImportedTree(complete, narDigest.digest(), narDigest.sizeBytes());
  }

  private static StoredFile await(Future<StoredFile> stored)
      throws ImportException, StoreException, InterruptedException {
    try {
      return stored.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /// Throws the reason as what it is.
  private static ImportException rethrown(@Nullable Throwable reason) throws StoreException {
    return switch (reason) {
      case ImportException e -> e;
      case StoreException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException("unexpected", reason);
    };
  }

  private static StoreException unwrapped(IOException e) {
    return e.getCause() instanceof StoreException cause
        ? cause
        : new StoreException(StoreFailure.IO, "NAR cannot be hashed: " + e.getMessage(), e);
  }
}
