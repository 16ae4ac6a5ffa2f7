package io.github.storeproof.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Manifest;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What tests of users are given, seen by tests as theirs.
@StoreFixture("root-kinds")
class StoreFixtureTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Test
  void pathsAndTreesAreThoseOfTheFixture(PopulatedStore store) {
    assertThat(store.fixture()).isEqualTo(FixtureCatalog.entry("root-kinds").fixture(1));
    assertThat(store.paths()).containsExactlyElementsOf(store.fixture().roots().keySet());
    for (StorePath path : store.paths()) {
      assertThat(store.archive(path).storePath(path.name())).isEqualTo(path);
    }
    StorePath elsewhere = StorePath.of(new byte[20], "elsewhere");
    assertThatThrownBy(() -> store.tree(elsewhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(elsewhere + " is not there, want one of [");
  }

  @Test
  void theDirectoryHoldsThem(PopulatedStore store) throws IOException {
    byte[] directory = store.directory().toString().getBytes(StandardCharsets.UTF_8);
    assertThat(Manifest.ofDirectory(directory, "root-kinds")).isEqualTo(store.fixture());
    for (StorePath path : store.paths()) {
      Path place = store.directory(path);
      assertThat(Files.isSymbolicLink(place)).isEqualTo(store.tree(path) instanceof Tree.Link);
    }
  }

  @Test
  void theServicesHoldThem(PopulatedStore store)
      throws IOException, InvalidProtocolBufferException {
    try (StoreConnection services = StoreConnection.to(StoreAddress.parse(store.address()))) {
      String list = StoreMethod.PATH_INFO_LIST.in(ServicePackage.SNIX);
      Reply reply = services.call(list, List.of(new byte[0]).iterator(), DEADLINE);
      List<Long> sizes = new ArrayList<>();
      for (byte[] message : reply.messages()) {
        sizes.add(PathInfo.parseFrom(message).getNarinfo().getNarSize());
      }
      assertThat(sizes)
          .containsExactlyInAnyOrderElementsOf(
              store.paths().stream().map(path -> store.archive(path).sizeBytes()).toList());
    }
  }

  @Test
  @StoreFixture("many-roots-200")
  void theAnnotationOfTheMethodGoesBeforeThatOfTheClass(
      PopulatedStore ofMethod, @StoreFixture(value = "generated", seed = 2) PopulatedStore own) {
    assertThat(ofMethod.paths()).hasSize(200);
    assertThat(own.fixture()).isEqualTo(FixtureCatalog.entry("generated").fixture(2));
    StorePath path = own.paths().getFirst();
    assertThat(own.node(path, SizeRule.SNIX)).isNotEqualTo(own.node(path, SizeRule.DOCUMENTED));
  }

  /// What the toy classes saw.
  private static final List<PopulatedStore> GIVEN = new ArrayList<>();

  private static final List<Path> DIRECTORIES = new ArrayList<>();

  @StoreFixture("root-kinds")
  static class Toy {
    @Test
    void one(PopulatedStore store) throws IOException {
      GIVEN.add(store);
      DIRECTORIES.add(store.directory());
      assertThat(Path.of(store.address().substring("grpc+unix://".length()))).exists();
    }

    @Test
    void another(PopulatedStore store) {
      GIVEN.add(store);
    }
  }

  static class Inheriting extends Toy {}

  @StoreFixture("no-such-fixture")
  static class Wrong {
    @Test
    void one(PopulatedStore store) {
      GIVEN.add(store);
    }
  }

  @Test
  void testsOfARunShareAStoreThatIsGoneAfterIt() {
    GIVEN.clear();
    DIRECTORIES.clear();
    assertThat(failures(Toy.class, Inheriting.class)).isEmpty();
    assertThat(GIVEN).hasSize(4).containsOnly(GIVEN.getFirst());
    assertThat(DIRECTORIES.getFirst()).doesNotExist();
    assertThat(DIRECTORIES.getFirst().getParent()).doesNotExist();
  }

  @Test
  void anUnknownFixtureFailsTheTestAndSaysWhichThereAre() {
    assertThat(failures(Wrong.class))
        .singleElement()
        .asString()
        .contains("no fixture \"no-such-fixture\", want one of [standard, every-byte-names");
  }

  private static List<String> failures(Class<?>... tests) {
    List<String> failures = new ArrayList<>();
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (Class<?> each : tests) {
      request.selectors(DiscoverySelectors.selectClass(each));
    }
    LauncherFactory.create()
        .execute(
            request
                .forExecution()
                .listeners(
                    new TestExecutionListener() {
                      @Override
                      public void executionFinished(
                          TestIdentifier test, TestExecutionResult result) {
                        Optional<Throwable> failure = result.getThrowable();
                        failure.ifPresent(thrown -> failures.add(String.valueOf(thrown)));
                      }
                    })
                .build());
    return failures;
  }
}
