package io.github.storeproof.app;

import java.time.Duration;
import picocli.CommandLine.Option;

/// Where the stores of a command are.
final class StoreOptions {
  private static final String MEMORY = "memory:";

  @Option(
      names = "--blob-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:BLOB_SERVICE_ADDR:-" + MEMORY + "}",
      description = {
        "Where blobs are: memory:, grpc+unix:///path or grpc+http://host:port.",
        "Default: $BLOB_SERVICE_ADDR, or " + MEMORY
      })
  private StoreAddress blobs = new StoreAddress.Memory();

  @Option(
      names = "--directory-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:DIRECTORY_SERVICE_ADDR:-" + MEMORY + "}",
      description = "Where directories are. Default: $DIRECTORY_SERVICE_ADDR, or " + MEMORY)
  private StoreAddress directories = new StoreAddress.Memory();

  @Option(
      names = "--path-info-service-addr",
      paramLabel = "ADDR",
      converter = StoreAddress.Converter.class,
      defaultValue = "${env:PATH_INFO_SERVICE_ADDR:-" + MEMORY + "}",
      description = "Where path infos are. Default: $PATH_INFO_SERVICE_ADDR, or " + MEMORY)
  private StoreAddress pathInfos = new StoreAddress.Memory();

  @Option(
      names = "--store-deadline",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long a store elsewhere may take for an answer, before EIO. Default: ${DEFAULT-VALUE}.")
  private double deadlineSeconds;

  OpenStores open() {
    return new OpenStores(blobs, directories, pathInfos, deadline());
  }

  private Duration deadline() {
    return Duration.ofMillis(Math.round(deadlineSeconds * 1000));
  }
}
