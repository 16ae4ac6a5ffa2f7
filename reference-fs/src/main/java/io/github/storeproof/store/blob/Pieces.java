package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import java.util.Optional;

/// Where the chunks of a blob come from.
public interface Pieces {
  /// A chunk of this length, checked.
  Optional<byte[]> piece(B3Digest digest, long sizeBytes) throws StoreException;

  /// Asks for the chunks of a blob again when it is opened next: one of them was not what the list
  /// said.
  void forgetChunks(B3Digest blob);
}
