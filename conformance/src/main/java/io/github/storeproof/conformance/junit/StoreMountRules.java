package io.github.storeproof.conformance.junit;

import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.Mounter;
import io.github.storeproof.conformance.target.MounterTarget;
import io.github.storeproof.conformance.target.OuterCommand;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// All rules of a store mount as JUnit tests, for a filesystem that Java code can mount, in this process or by starting another:
///
/// ```java
/// class MyStoreTest extends StoreMountRules {
///   @Override
///   public void mount(Path tree, Path mountPoint) throws Exception {
///     new ProcessBuilder("mystore", "mount", tree.toString(), mountPoint.toString()).start();
///   }
///
///   @Override
///   protected Map<String, String> features() {
///     return Map.of("list-root", "true");
///   }
/// }
/// ```
///
/// There are several mounts at a time, each on a mount point of its own; what a class remembers of them it keeps by mount point.
/// A hang is freed and costs one deadline; nothing stays mounted after the class.
public abstract class StoreMountRules extends StoreRules implements Mounter {
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(5);

  /// Unmounts by `umount`, or by `fusermount3` where that is not allowed.
  @Override
  public void unmount(Path mountPoint) throws Exception {
    OuterCommand umount = OuterCommand.run(UNMOUNT_LIMIT, "umount", mountPoint.toString());
    if (!umount.ok()
        && !OuterCommand.run(UNMOUNT_LIMIT, "fusermount3", "-u", mountPoint.toString()).ok()) {
      throw new IOException(umount.output());
    }
  }

  /// The name of the target in messages.
  protected String name() {
    return getClass().getSimpleName();
  }

  /// What the filesystem claims, as in a profile: `list-root` to `true`. What is not claimed is skipped, with the reason;
  /// [io.github.storeproof.conformance.target.Feature] has them all.
  protected Map<String, String> features() {
    return Map.of();
  }

  /// What is known to fail, as in a profile: `RULE[/case-glob]` to the reason.
  protected Map<String, String> knownFailures() {
    return Map.of();
  }

  @Override
  protected final Target target() throws TargetException {
    return new MounterTarget(
        name(), Features.parse(features()), knownFailures(), this, Workspace.create(false));
  }
}
