package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreBehind;
import io.github.storeproof.model.SizeRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOfTest {
  private static final String COMMAND =
      "mount --old {store} --new grpc+unix:{store-socket} --tcp {store-http}";

  @TempDir private Path directory;

  @Test
  void everyWordForTheStoreLeadsToIt() throws Exception {
    Path socket = directory.resolve("sock");
    try (StoreBehind store =
        StoreBehind.open(
            new StoreBehind.Settings(null, ServicePackage.SNIX, SizeRule.SNIX, socket))) {
      String[] words =
          StoreOf.words(store, COMMAND, Placeholders.none()).command(COMMAND).split(" ");
      assertThat(words[2]).isEqualTo("grpc+unix://" + socket);
      assertThat(words[4]).isEqualTo("grpc+unix:" + socket);
      assertThat(words[6]).startsWith("grpc+http://127.0.0.1:");
      assertThat(words)
          .filteredOn(word -> word.startsWith("grpc+"))
          .allSatisfy(word -> assertThat(StoreAddress.parse(word).accepts()).isTrue());
    }
  }
}
