package io.github.storeproof.transport.fusedev;

import io.github.storeproof.fuse.TinyTree;
import java.nio.charset.StandardCharsets;

/// A process that mounts the sample tree until somebody unmounts it: `TinyTreeServer MOUNT_POINT
/// WIDE_COUNT [auto-unmount]`. Prints `mounted` when it is; exits with 2 and the reason when it
/// cannot.
public final class TinyTreeServer {
  private TinyTreeServer() {}

  public static void main(String[] args) throws InterruptedException {
    MountOptions options =
        MountOptions.at(args[0].getBytes(StandardCharsets.UTF_8))
            .withAutoUnmount(args.length > 2 && args[2].equals("auto-unmount"))
            .withThreadCount(args.length > 2 && args[2].equals("two-loops") ? 2 : 1);
    try (Mount mount = Mount.mount(options, TinyTree.sample(Integer.parseInt(args[1])))) {
      mount.unmountOnSignals();
      System.out.println("mounted");
      mount.awaitUnmounted();
    } catch (MountException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }
}
