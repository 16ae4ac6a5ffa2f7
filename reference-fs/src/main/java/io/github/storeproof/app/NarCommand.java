package io.github.storeproof.app;

import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.nar.Nars;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `castore nar`: writes the NAR of a tree.
@Command(
    name = "nar",
    description = "Writes the NAR of a store path, or of a part of it, to the output.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class NarCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE_PATH", description = "A store path, or a path below one.")
  private RawPath path = RawPath.of(new byte[0]);

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws Exception {
    try (OpenStores open = storeOptions.open();
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      StoredPath found = StoredPath.find(open.stores(), path);
      new Nars(open.stores().blobs(), open.stores().directories())
          .write(found.node(), out, () -> false);
    }
    return 0;
  }
}
