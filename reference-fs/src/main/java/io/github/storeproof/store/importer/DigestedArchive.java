package io.github.storeproof.store.importer;

import io.github.storeproof.store.nar.NarDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An archive that is hashed as it is read. *Confined.*
final class DigestedArchive extends FilterInputStream {
  private final NarDigest digest;

  DigestedArchive(InputStream archive, NarDigest digest) {
    super(archive);
    this.digest = digest;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      digest.write(read);
    }
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int lengthBytes) throws IOException {
    int count = super.read(into, offset, lengthBytes);
    if (count > 0) {
      digest.write(into, offset, count);
    }
    return count;
  }
}
