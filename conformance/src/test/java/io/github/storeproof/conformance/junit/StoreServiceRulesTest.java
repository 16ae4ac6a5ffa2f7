package io.github.storeproof.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.TargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs classes of users as an IDE does: blob services in this process.
class StoreServiceRulesTest {
  private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();

  /// The rules of blobs on the smallest service.
  abstract static class OfBlobs extends StoreServiceRules {
    private final boolean isFaulty;

    OfBlobs(boolean isFaulty) {
      this.isFaulty = isFaulty;
    }

    @Override
    protected LiveStore serve() throws TargetException {
      return inProcess(new MemoryBlobs(isFaulty));
    }

    @Override
    protected List<String> rules() {
      return List.of("BLOB-1", "BLOB-2", "BLOB-3", "BLOB-4", "BLOB-6");
    }
  }

  static final class Right extends OfBlobs {
    Right() {
      super(false);
    }
  }

  static final class Faulty extends OfBlobs {
    Faulty() {
      super(true);
    }
  }

  @Test
  void aRightServicePassesEveryTest() {
    run(Right.class);
    assertThat(results).containsKey("BLOB-1/any-cut-has-the-digest-of-all-bytes");
    assertThat(results.values())
        .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(Status.SUCCESSFUL));
  }

  @Test
  void aFaultyServiceFailsWithTheCallsThatShowIt() {
    run(Faulty.class);
    TestExecutionResult result = results.get("BLOB-1/messages-of-one-byte");
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    assertThat(result.getThrowable().orElseThrow())
        .hasMessageContaining("rule BLOB-1 (must)")
        .hasMessageContaining("OK and the digest")
        .hasMessageContaining("BlobService/Put 5000 messages");
  }

  private void run(Class<?> tests) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .forExecution()
                .listeners(
                    new TestExecutionListener() {
                      @Override
                      public void executionFinished(
                          TestIdentifier test, TestExecutionResult result) {
                        if (test.isTest()) {
                          results.put(test.getDisplayName(), result);
                        }
                      }
                    })
                .build());
  }
}
