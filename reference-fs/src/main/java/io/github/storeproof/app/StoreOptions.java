package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.grpc.BearerToken;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
        "Where all of the store is: memory:, file:///dir, objectstore+file:///dir (chunked,",
        "compressed), grpc+unix:///path, grpc+http://host:port or grpc+https://host:port.",
        "Default: $STORE_ADDR, or file:// and $XDG_STATE_HOME/storeproof/store, where",
        "$XDG_STATE_HOME is ~/.local/state unless it is set."
      })
  private @Nullable StoreAddress all;

  @Option(
      names = "--stores",
      paramLabel = "FILE",
      description =
          "A TOML file that composes a store of others; instead of addresses. See README.md.")
  private @Nullable Path composition;

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

  @Option(
      names = "--store-token-file",
      paramLabel = "FILE",
      description = "A file with the token that calls to a store elsewhere carry.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--store-ca",
      paramLabel = "FILE",
      description = "Certificates in PEM to trust for grpc+https, instead of the JDK's.")
  private @Nullable Path trusted;

  OpenStores open() throws StoreException {
    return open(Watching.NOTHING);
  }

  /// Opens the stores.
  ///
  /// @param watching sees calls of stores elsewhere, and what waits for them
  OpenStores open(Watching watching) throws StoreException {
    StoreConnections.Reaching reaching = reaching(watching);
    Path file = composition;
    if (file != null) {
      return OpenStores.open(reaching, StoreComposition.read(file)::open);
    }
    return OpenStores.open(
        reaching,
        connections ->
            new Stores(
                connections.blobs(or(blobs)),
                connections.directories(or(directories)),
                connections.pathInfos(or(pathInfos))));
  }

  private StoreConnections.Reaching reaching(Watching watching) throws StoreException {
    try {
      Optional<BearerToken> token =
          tokenFile == null ? Optional.empty() : Optional.of(BearerToken.read(tokenFile));
      return new StoreConnections.Reaching(
          deadline(), Optional.ofNullable(trusted), token, watching);
    } catch (IOException e) {
      throw new StoreException(StoreFailure.REFUSED, "token cannot be read: " + e.getMessage(), e);
    }
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
