package io.github.storeproof.app;

import io.github.storeproof.store.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the stores of a command are.
final class StoreOptions {
  @Option(
      names = "--store-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:STORE_ADDR}",
      description = {
        "Where all of the store is: memory:, file:///dir, grpc+unix:///path or grpc+http://host:port.",
        "Default: $STORE_ADDR, or file:// and $XDG_STATE_HOME/storeproof/store, where",
        "$XDG_STATE_HOME is ~/.local/state unless it is set."
      })
  private @Nullable StoreAddress all;

  @Option(
      names = "--blob-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:BLOB_SERVICE_ADDR}",
      description = "Where blobs are. Default: $BLOB_SERVICE_ADDR, or as --store-addr.")
  private @Nullable StoreAddress blobs;

  @Option(
      names = "--directory-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:DIRECTORY_SERVICE_ADDR}",
      description = "Where directories are. Default: $DIRECTORY_SERVICE_ADDR, or as --store-addr.")
  private @Nullable StoreAddress directories;

  @Option(
      names = "--path-info-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:PATH_INFO_SERVICE_ADDR}",
      description = "Where path infos are. Default: $PATH_INFO_SERVICE_ADDR, or as --store-addr.")
  private @Nullable StoreAddress pathInfos;

  @Option(
      names = "--store-deadline",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long a store elsewhere may take for an answer, before EIO. Default: ${DEFAULT-VALUE}.")
  private double deadlineSeconds;

  OpenStores open() throws StoreException {
    return new OpenStores(or(blobs), or(directories), or(pathInfos), deadline());
  }

  private StoreAddress or(@Nullable StoreAddress address) {
    if (address != null) {
      return address;
    }
    return all == null ? new StoreAddress.Embedded(StateDirectory.ofStore()) : all;
  }

  private Duration deadline() {
    return Duration.ofMillis(Math.round(deadlineSeconds * 1000));
  }
}
