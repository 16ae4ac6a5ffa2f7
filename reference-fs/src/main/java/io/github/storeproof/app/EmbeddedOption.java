package io.github.storeproof.app;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.file.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The store of a directory that a command looks after.
final class EmbeddedOption {
  @Option(
      names = "--store-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:STORE_ADDR}",
      description = {
        "The store: file:///dir or objectstore+file:///dir. Default: $STORE_ADDR, or file:// and",
        "$XDG_STATE_HOME/storeproof/store, where $XDG_STATE_HOME is ~/.local/state unless it is set."
      })
  private @Nullable StoreAddress address;

  /// Opens it; it must be there.
  FileStore open() throws StoreException {
    if (!(wanted() instanceof StoreAddress.Embedded embedded)) {
      throw new StoreException(
          StoreFailure.REFUSED,
          "store is of another kind, want file:///dir or objectstore+file:///dir");
    }
    requireStore(embedded.directory(), "version");
    return FileStore.open(embedded.directory(), SizeRule.SNIX);
  }

  /// Opens it when it is one of objects; it must be there.
  Optional<ObjectStore> openObjects() throws StoreException {
    if (!(wanted() instanceof StoreAddress.Objects objects)) {
      return Optional.empty();
    }
    // Those of others have no file that says so.
    requireStore(objects.directory(), "blobs");
    return Optional.of(ObjectStore.open(objects.directory(), SizeRule.SNIX));
  }

  private StoreAddress wanted() {
    return address == null ? new StoreAddress.Embedded(StateDirectory.ofStore()) : address;
  }

  private static void requireStore(Path directory, String name) throws StoreException {
    if (!Files.exists(directory.resolve(name))) {
      throw new StoreException(
          StoreFailure.REFUSED, "there is no store in " + directory + ", want one");
    }
  }
}
