package io.github.storeproof.app;

import io.github.storeproof.model.FileNode;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobInputStream;
import io.github.storeproof.store.blob.BlobReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `castore cat`: writes the content of a file.
@Command(
    name = "cat",
    description = "Writes the content of a file to the output.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CatCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE_PATH", description = "A store path, or a path below one.")
  private RawPath path = RawPath.of(new byte[0]);

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws Exception {
    try (OpenStores open = storeOptions.open()) {
      if (!(StoredPath.find(open.stores(), path).node() instanceof FileNode file)) {
        throw new StoreException(StoreFailure.REFUSED, path + " is no regular file, want one");
      }
      try (BlobReader reader =
              open.stores()
                  .blobs()
                  .openRead(file.digest(), file.size())
                  .orElseThrow(() -> missing(file));
          OutputStream out = new FileOutputStream(FileDescriptor.out)) {
        new BlobInputStream(reader).transferTo(out);
      }
    }
    return 0;
  }

  private static StoreException missing(FileNode file) {
    return new StoreException(StoreFailure.MISSING, "blob " + file.digest() + " is not there");
  }
}
