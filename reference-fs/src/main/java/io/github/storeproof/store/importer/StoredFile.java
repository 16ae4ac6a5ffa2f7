package io.github.storeproof.store.importer;

import io.github.storeproof.model.FileNode;
import io.github.storeproof.store.blob.BlobReader;
import java.util.Optional;

/// A file whose content was given to the blob store.
///
/// @param content of a small file, so that nobody need read it again
record StoredFile(FileNode node, Optional<BlobReader> content) {}
