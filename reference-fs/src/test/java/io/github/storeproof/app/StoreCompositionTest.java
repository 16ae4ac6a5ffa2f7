package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.fixtures.profile.FixtureKey;
import io.github.storeproof.metrics.Metrics;
import io.github.storeproof.metrics.MetricsServer;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCompositionTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path directory;

  private OpenStores open(String... lines) throws StoreException, IOException {
    return open(Watching.NOTHING, lines);
  }

  private OpenStores open(Watching watching, String... lines) throws StoreException, IOException {
    Path file = directory.resolve("stores.toml");
    Files.writeString(file, String.join("\n", lines).replace("DIR", directory.toString()));
    return OpenStores.open(
        new StoreConnections.Reaching(
            Duration.ofSeconds(10), Optional.empty(), Optional.empty(), watching),
        connections -> StoreComposition.read(file).open(connections));
  }

  private static B3Digest put(OpenStores open) throws StoreException {
    return open.stores().blobs().put(MemorySegment.ofArray(CONTENT));
  }

  @Test
  void aNearAndAFarStoreAreOne() throws Exception {
    B3Digest digest;
    try (OpenStores open =
        open(
            "use = 'all'",
            "[stores.a]",
            "address = 'file://DIR/a'",
            "[stores.b]",
            "address = 'file://DIR/b'",
            "[stores.all]",
            "near = 'a'",
            "far = 'b'",
            "write = 'both'")) {
      digest = put(open);
    }
    for (String name : new String[] {"a", "b"}) {
      try (OpenStores open =
          open("use = 'x'", "[stores.x]", "address = 'file://DIR/" + name + "'")) {
        assertThat(open.stores().blobs().has(digest)).isTrue();
      }
    }
  }

  @Test
  void whatWaitsForAFarStoreIsMeasured() throws Exception {
    try (MetricsServer server = MetricsServer.start(ANY_PORT, new Metrics());
        OpenStores open =
            open(
                new Watching(Optional.of(server), Optional.empty()),
                "use = 'all'",
                "[stores.near]",
                "address = 'file://DIR/near'",
                "[stores.far]",
                "address = 'grpc+unix://DIR/nobody'",
                "[stores.all]",
                "near = 'near'",
                "far = 'far'",
                "write = 'back'",
                "queue = 'DIR/queue'")) {
      var _ = put(open);
      assertThat(metrics(server))
          .contains("castore_write_back_waiting{queue=\"" + directory.resolve("queue") + "\"} 1.0");
    }
  }

  @Test
  void whatIsCorruptIsMeasured() throws Exception {
    try (MetricsServer server = MetricsServer.start(ANY_PORT, new Metrics());
        OpenStores open =
            open(
                new Watching(Optional.of(server), Optional.empty()),
                "use = 'a'",
                "[stores.a]",
                "address = 'file://DIR/a'")) {
      B3Digest digest = put(open);
      corrupt(directory.resolve("a"));
      assertThatThrownBy(
              () -> {
                try (BlobReader reader = open.stores().blobs().openRead(digest, 3).orElseThrow()) {
                  var _ = reader.readAll();
                }
              })
          .isInstanceOf(StoreException.class);
      assertThat(metrics(server))
          .contains("castore_corrupt_reads_total{store=\"" + directory.resolve("a") + "\"} 1.0");
    }
  }

  private static String metrics(MetricsServer server) throws IOException {
    String host = ANY_PORT.getAddress().getHostAddress();
    URI metrics = URI.create("http://" + host + ":" + server.port() + "/metrics");
    try (InputStream text = metrics.toURL().openStream()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Changes each file that holds what [#put] has put.
  private static void corrupt(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Arrays.equals(Files.readAllBytes(file), CONTENT)) {
          Files.delete(file);
          Files.write(file, new byte[] {3, 2, 1});
        }
      }
    }
  }

  @Test
  void theFirstOfSomeThatHasItAnswersAndTheFirstIsWritten() throws Exception {
    try (OpenStores open =
        open(
            "use = 'any'",
            "[stores.any]",
            "first-of = ['a', 'b', 'a']",
            "[stores.a]",
            "address = 'file://DIR/a'",
            "[stores.b]",
            "read-only = 'm'",
            "[stores.m]",
            "address = 'memory:'")) {
      assertThat(open.stores().blobs().has(put(open))).isTrue();
    }
    try (OpenStores open =
        open("use = 'r'", "[stores.r]", "read-only = 'm'", "[stores.m]", "address = 'memory:'")) {
      assertThatThrownBy(() -> put(open)).hasMessage("store is read-only");
    }
  }

  @Test
  void cachesAndSignersStandBeforeOthers() throws Exception {
    FixtureKey key = FixtureKey.of(new Seed(1));
    Files.writeString(directory.resolve("key"), key.secretText());
    try (OpenStores open =
        open(
            "use = 'fast'",
            "[stores.fast]",
            "cache = 'signed'",
            "max-size = '256 MiB'",
            "[stores.signed]",
            "signing = 'checked'",
            "key-file = 'DIR/key'",
            "[stores.checked]",
            "verifying = 'm'",
            "trusted-keys = ['" + key.publicText() + "']",
            "[stores.m]",
            "address = 'memory:'")) {
      B3Digest digest = put(open);
      assertThat(open.stores().blobs().openRead(digest, 3)).isPresent();
    }
  }

  @Test
  void aCacheOnDiskAndAWriteBackStandBeforeOthers() throws Exception {
    String[] lines = {
      "use = 'kept'",
      "[stores.kept]",
      "cache = 'all'",
      "max-size = '1 MiB'",
      "directory = 'DIR/cache'",
      "[stores.all]",
      "near = 'a'",
      "far = 'b'",
      "write = 'back'",
      "queue = 'DIR/queue'",
      "[stores.a]",
      "address = 'file://DIR/a'",
      "[stores.b]",
      "address = 'objectstore+file://DIR/b'"
    };
    B3Digest digest;
    try (OpenStores open = open(lines)) {
      digest = put(open);
      assertThat(open.stores().blobs().openRead(digest, 3)).isPresent();
    }
    lines[0] = "use = 'b'";
    try (OpenStores open = open(lines)) {
      assertThat(open.stores().blobs().has(digest)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use = 'x' | :1: there is no store 'x', want one of none",
        "[stores.a] ; address = 'memory:' | there is no 'use', want a string",
        "use = 'a';[stores.a];read-only = 'b';[stores.b];read-only = 'a' | :5: store is made of itself: a → b → a",
        "use = 'a';[stores.a];near = 'a';far = 'a' | :3: store is made of itself: a → a",
        "use = 'a';[stores.a];near = 'm';[stores.m];address = 'memory:' | there is no 'far', want a string",
        "use = 'a';[stores.a];read-only = 'nope' | :3: there is no store 'nope', want one of [a]",
        "use = 'a';[stores.a];address = 'http://x' | :3: store address is 'http://x', want memory:",
        "use = 'a';[stores.a];address = 'memory:';size = 1 | :4: 'size' is not known here",
        "use = 'a';[stores.a] | :2: store 'a' is nothing, want one of address",
        "use = 'a';[stores.a];first-of = [] | :3: first-of is no list of names",
        "use = 'a';[stores.a];first-of = [1] | :3: first-of is no list of names",
        "use = 'a';[stores.a];near = 'm';far = 'm';write = 'x';[stores.m];address = 'memory:' | :5: write is 'x', want near, both or back",
        "use = 'a';[stores.a];cache = 'm';[stores.m];address = 'memory:' | there is no 'max-size', want a string",
        "use = 'a';[stores.a];cache = 'm';max-size = '1 TB';[stores.m];address = 'memory:' | :4: max-size is '1 TB', want such as '256 MiB'",
        "use = 'a';[stores.a];signing = 'm';key-file = '/nowhere';[stores.m];address = 'memory:' | :4: key /nowhere cannot be read",
        "use = 'a';[stores.a];verifying = 'm';trusted-keys = ['x'];[stores.m];address = 'memory:' | :4: public key 'x' has no name",
        "use = 'a';[stores.a];verifying = 'm';[stores.m];address = 'memory:' | there is no trusted key",
        "use = 'a';[stores.a];near = 'm';far = 'm';write = 'back';[stores.m];address = 'memory:' | there is no 'queue', want a string",
        "use = 'a';[stores.a];near = 'm';far = 'm';queue = '/q';[stores.m];address = 'memory:' | :5: there is a queue, want write = 'back'",
        "use = 'a';[stores.a];near = 'm';far = 'm';write = 'back';queue = '/dev/null';[stores.m];address = 'memory:' | :6: queue /dev/null is a file",
        "use = 'a';[stores.a];cache = 'm';max-size = '1 GiB';directory = '/dev/null';[stores.m];address = 'memory:' | :5: cache /dev/null is a file",
        "use = | stores.toml: "
      })
  void whatIsWrongIsNamedWithItsPlace(String lines, String messagePart) {
    assertThatThrownBy(() -> open(lines.split(";")))
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.REFUSED));
  }
}
