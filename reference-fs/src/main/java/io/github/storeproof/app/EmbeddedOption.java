package io.github.storeproof.app;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.file.FileStore;
import java.nio.file.Files;
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
        "The store: file:///dir. Default: $STORE_ADDR, or file:// and",
        "$XDG_STATE_HOME/storeproof/store, where $XDG_STATE_HOME is ~/.local/state unless it is set."
      })
  private @Nullable StoreAddress address;

  /// Opens it; it must be there.
  FileStore open() throws StoreException {
    StoreAddress wanted =
        address == null ? new StoreAddress.Embedded(StateDirectory.ofStore()) : address;
    if (!(wanted instanceof StoreAddress.Embedded embedded)) {
      throw new StoreException(StoreFailure.REFUSED, "store is elsewhere, want one of file:///dir");
    }
    if (!Files.exists(embedded.directory().resolve("version"))) {
      throw new StoreException(
          StoreFailure.REFUSED, "there is no store in " + embedded.directory() + ", want one");
    }
    return FileStore.open(embedded.directory(), SizeRule.SNIX);
  }
}
