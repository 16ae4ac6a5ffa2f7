package io.github.storeproof.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.target.MountTable;
import io.github.storeproof.conformance.target.OuterCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs classes of users as an IDE does: bind mounts of the tree, as root. After each test nothing is left mounted.
class StoreMountRulesIT {
  private static final Set<Path> POINTS = ConcurrentHashMap.newKeySet();

  private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();

  @AfterEach
  void nothingIsLeftMounted() {
    assertThat(POINTS).allMatch(point -> MountTable.read().at(bytes(point)).isEmpty());
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void mount(String... arguments) throws IOException {
    OuterCommand mount = OuterCommand.run(Duration.ofSeconds(10), arguments);
    if (!mount.ok()) {
      throw new IOException(mount.output());
    }
  }

  /// A read-write mount of the tree, and by default not more.
  abstract static class BoundTree extends StoreMountRules {
    @Override
    public void mount(Path tree, Path mountPoint) throws Exception {
      POINTS.add(mountPoint);
      StoreMountRulesIT.mount("mount", "--bind", tree.toString(), mountPoint.toString());
    }

    @Override
    protected Map<String, String> features() {
      return Map.of("list-root", "true", "own-device", "false");
    }

    @Override
    protected List<String> rules() {
      return List.of("ATTR-1", "RO-1/mutations-by-root*", "XAT-1");
    }
  }

  static final class ReadOnly extends BoundTree {
    @Override
    public void mount(Path tree, Path mountPoint) throws Exception {
      super.mount(tree, mountPoint);
      StoreMountRulesIT.mount("mount", "-o", "remount,ro,bind", mountPoint.toString());
    }
  }

  static final class Writable extends BoundTree {}

  static final class NotMounted extends BoundTree {
    @Override
    public void mount(Path tree, Path mountPoint) {
      throw new IllegalStateException("there is no such filesystem");
    }
  }

  static final class Misspelt extends BoundTree {
    @Override
    protected Map<String, String> features() {
      return Map.of("list-rood", "true");
    }
  }

  private void run(Class<? extends StoreRules> user) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(user))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .forExecution()
                .listeners(
                    new TestExecutionListener() {
                      @Override
                      public void executionFinished(
                          TestIdentifier test, TestExecutionResult result) {
                        results.put(test.getDisplayName(), result);
                      }
                    })
                .build());
  }

  private Collection<String> withStatus(Status status) {
    return results.entrySet().stream()
        .filter(entry -> entry.getKey().contains("/") && entry.getValue().getStatus() == status)
        .map(Map.Entry::getKey)
        .toList();
  }

  private String messageOf(String test) {
    return String.valueOf(results.get(test).getThrowable().orElseThrow().getMessage());
  }

  @Test
  void eachCaseIsATestAndWhatIsNotClaimedIsAbortedWithTheReason() {
    run(ReadOnly.class);
    assertThat(withStatus(Status.FAILED)).isEmpty();
    assertThat(withStatus(Status.SUCCESSFUL)).anyMatch(name -> name.startsWith("ATTR-1/"));
    assertThat(withStatus(Status.SUCCESSFUL)).anyMatch(name -> name.startsWith("RO-1/"));
    String skipped =
        withStatus(Status.ABORTED).stream()
            .filter(name -> name.startsWith("XAT-1/"))
            .findFirst()
            .orElseThrow();
    assertThat(messageOf(skipped)).contains("the target does not claim castore-xattrs");
  }

  @Test
  void aBrokenRuleFailsItsTestWithTheRuleTheScriptAndTheUsualCause() {
    run(Writable.class);
    Collection<String> failed = withStatus(Status.FAILED);
    assertThat(failed).isNotEmpty().allMatch(name -> name.startsWith("RO-1/"));
    assertThat(messageOf(failed.iterator().next()))
        .contains("rule RO-1 (must)", "expected:", "observed:", "script:", "usually:");
  }

  @Test
  void aMountThatThrowsFailsTheClassWithItsWords() {
    run(NotMounted.class);
    assertThat(messageOf("conforms()")).contains("mount(…) threw", "there is no such filesystem");
  }

  @Test
  void aFeatureThatDoesNotExistFailsTheClassAndNamesThoseThatDo() {
    run(Misspelt.class);
    assertThat(messageOf("conforms()")).contains("unknown feature 'list-rood'", "list-root");
  }
}
