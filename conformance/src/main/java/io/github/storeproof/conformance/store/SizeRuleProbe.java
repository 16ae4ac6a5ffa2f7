package io.github.storeproof.conformance.store;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds out which sizes of directories services take that say nothing of it.
public final class SizeRuleProbe {
  private SizeRuleProbe() {}

  /// The sizes that are taken; empty where no tree of three levels is, by no rule.
  ///
  /// @param put makes a DirectoryService.Put of messages
  public static Optional<DirectorySizes> ask(Function<List<byte[]>, Reply> put) {
    return DirectorySizes.ofRules(
        Arrays.stream(SizeRule.values())
            .filter(rule -> put.apply(threeLevels(rule)).isOk())
            .toList());
  }

  /// A rule that counts directories in another way than files agrees with one of ours on two levels, not on three.
  private static List<byte[]> threeLevels(SizeRule rule) {
    Directory leaf =
        Directory.builder()
            .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of("target")))
            .build();
    Directory middle = above("leaf", leaf, rule);
    Directory root = above("middle", middle, rule);
    return List.of(
        DirectoryCodec.encode(leaf), DirectoryCodec.encode(middle), DirectoryCodec.encode(root));
  }

  private static Directory above(String name, Directory below, SizeRule rule) {
    return Directory.builder().add(PathComponent.of(name), DirectoryNode.of(below, rule)).build();
  }
}
