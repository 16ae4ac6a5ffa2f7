package io.github.storeproof.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.SizeRule;
import io.grpc.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/// What services take whose rule is known here.
class SizeRuleProbeTest {

  @Test
  void aServiceThatFollowsOneRuleIsKnownByIt() {
    for (SizeRule rule : SizeRule.values()) {
      assertThat(SizeRuleProbe.ask(service((child, size) -> child.size(rule) == size)))
          .map(DirectorySizes::rules)
          .contains(List.of(rule));
    }
  }

  @Test
  void aServiceThatTakesBothIsNeitherOfThem() {
    assertThat(
            SizeRuleProbe.ask(
                service((child, size) ->
                    child.size(SizeRule.DOCUMENTED) <= size && size <= child.size(SizeRule.SNIX))))
        .contains(DirectorySizes.EITHER);
  }

  /// On two levels it agrees with the rule that is documented.
  @Test
  void aRuleThatCountsDirectoriesOnceMoreIsNotKnown() {
    assertThat(
            SizeRuleProbe.ask(
                service((child, size) ->
                    child.size(SizeRule.DOCUMENTED) + directoriesIn(child) == size)))
        .isEmpty();
  }

  @Test
  void aServiceThatTakesNothingHasNoRule() {
    assertThat(SizeRuleProbe.ask(service((_, _) -> false))).isEmpty();
  }

  private static int directoriesIn(Directory directory) {
    int[] count = new int[1];
    directory.forEach((_, node) -> count[0] += node instanceof DirectoryNode ? 1 : 0);
    return count[0];
  }

  /// A service that takes a tree when it likes the size of each directory below the root.
  private static java.util.function.Function<List<byte[]>, Reply> service(
      BiPredicate<Directory, Long> takes) {
    return messages -> {
      Map<Object, Directory> seen = new HashMap<>();
      boolean[] isTaken = {true};
      for (byte[] message : messages) {
        Directory directory = DirectoryCodec.decode(message);
        directory.forEach((_, node) -> {
          if (node instanceof DirectoryNode(var digest, long size)) {
            isTaken[0] &= takes.test(seen.get(digest), size);
          }
        });
        seen.put(directory.digest(), directory);
      }
      Status status = isTaken[0] ? Status.OK : Status.INVALID_ARGUMENT;
      return new Reply(List.of(), status, false, false);
    };
  }
}
