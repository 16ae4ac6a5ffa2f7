package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import java.nio.file.Path;

/// A blob whose file is complete and has no name yet.
record StagedBlob(B3Digest digest, Path file, BlobRecord blob) {}
