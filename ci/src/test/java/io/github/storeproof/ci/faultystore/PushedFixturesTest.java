package io.github.storeproof.ci.faultystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.store.StorePush;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.profile.FixtureKey;
import io.github.storeproof.fixtures.profile.GeneratedPath;
import io.github.storeproof.fixtures.profile.PathMaker;
import io.github.storeproof.fixtures.profile.PlannedPath;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Generated paths on their way into stores that do not take all of them: each is pushed as a user's command does it.
class PushedFixturesTest {
  /// A directory of so many entries with long names has more bytes than the store takes as one message.
  private static final int MANY = 18_000;

  private static final String LONG = "n".repeat(240);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void aPathThatIsTooLargeIsLeftOutAndNamed() throws IOException {
    try (FaultyStore store = new FaultyStore(directory, StoreFault.NONE)) {
      DirBuilder huge = Tree.dir();
      for (int i = 0; i < MANY; i++) {
        huge.link(LONG + i, "to");
      }
      List<GeneratedPath> paths =
          List.of(nested("first"), made("huge", huge.build()), nested("last"));
      assertThatThrownBy(() -> push(store, paths))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2 of 3 store paths are pushed")
          .hasMessageContaining("-huge: DirectoryService.Put")
          .hasMessageContaining("RESOURCE_EXHAUSTED");
      assertThat(paths)
          .filteredOn(path -> has(store, path))
          .containsOnly(paths.get(0), paths.get(2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PATH_INFOS_ARE_NOT_SERVED, 'the server has no PathInfoService: Get and Put are UNIMPLEMENTED; nothing was pushed'",
    "NOTHING_CAN_BE_PUT, 'BlobService/Put takes nothing: INTERNAL (not supported); nothing was pushed'",
    "SIZES_FOLLOW_A_THIRD_RULE, 'neither by the rule snix nor by the rule documented'",
    "PUT_ANSWERS_NO_SIGNATURES, 'answered with another path info: a signature is missing'"
  })
  void whatAStoreCannotTakeIsSaid(StoreFault fault, String reason) throws IOException {
    try (FaultyStore store = new FaultyStore(directory, fault)) {
      assertThatThrownBy(() -> push(store, List.of(nested("path"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE", "SIZES_FOLLOW_THE_OTHER_RULE", "SIZES_MAY_BE_OF_BOTH_RULES"})
  void theRuleOfSizesIsFoundOut(StoreFault fault) throws IOException {
    try (FaultyStore store = new FaultyStore(directory, fault)) {
      GeneratedPath path = nested("path");
      push(store, List.of(path));
      assertThat(has(store, path)).isTrue();
    }
  }

  private static void push(FaultyStore store, List<GeneratedPath> paths) throws IOException {
    try (StorePush push = StorePush.to(StoreAddress.parse(store.address()), Optional.empty())) {
      for (GeneratedPath path : paths) {
        push.take(path);
      }
      push.end();
    }
  }

  /// A directory in a directory in a directory.
  private static GeneratedPath nested(String name) throws IOException {
    Tree.Dir inner = Tree.dir().link(name, "to").build();
    return made(name, Tree.dir().add("outer", Tree.dir().add("inner", inner).build()).build());
  }

  private static GeneratedPath made(String name, Tree tree) throws IOException {
    return new PathMaker(FixtureKey.of(new Seed(1)))
        .make(PlannedPath.ofContent(name, tree), OutputStream.nullOutputStream());
  }

  private static boolean has(FaultyStore store, GeneratedPath path) {
    try (StoreConnection connection = StoreConnection.to(StoreAddress.parse(store.address()))) {
      byte[] request =
          GetPathInfoRequest.newBuilder()
              .setByOutputHash(ByteString.copyFrom(path.path().digest()))
              .build()
              .toByteArray();
      return connection
          .call(
              StoreMethod.PATH_INFO_GET.in(ServicePackage.SNIX), List.of(request).iterator(), LIMIT)
          .isOk();
    }
  }
}
