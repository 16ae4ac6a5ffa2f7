package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import java.util.List;

/// Finds out by which rule services count the sizes of directories that say nothing of it.
final class SizeRuleProbe {
  private SizeRuleProbe() {}

  /// The rule by which a tree is accepted; the deployed one where both are, or none.
  static SizeRule ask(Dialog dialog) {
    return accepts(dialog, SizeRule.SNIX) || !accepts(dialog, SizeRule.DOCUMENTED)
        ? SizeRule.SNIX
        : SizeRule.DOCUMENTED;
  }

  private static boolean accepts(Dialog dialog, SizeRule rule) {
    Directory leaf =
        Directory.builder()
            .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of("target")))
            .build();
    Directory root =
        Directory.builder()
            .add(PathComponent.of("leaf"), new DirectoryNode(leaf.digest(), leaf.size(rule)))
            .build();
    return dialog
        .call(
            StoreMethod.DIRECTORY_PUT,
            List.of(DirectoryCodec.encode(leaf), DirectoryCodec.encode(root)))
        .isOk();
  }
}
