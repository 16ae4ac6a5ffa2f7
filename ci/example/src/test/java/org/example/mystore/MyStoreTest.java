package org.example.mystore;

import io.github.storeproof.conformance.junit.StoreMountRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rules of a store mount, for a filesystem that a command mounts: `castore mount` here, yours in its place.
class MyStoreTest extends StoreMountRules {
  private static final Path COMMAND =
      Path.of(System.getProperty("mystore.command", "../../bin/castore")).toAbsolutePath();

  private final Map<Path, Process> servers = new ConcurrentHashMap<>();

  @Override
  public void mount(Path tree, Path mountPoint) throws IOException {
    Process server =
        new ProcessBuilder(
                COMMAND.toString(),
                "mount",
                mountPoint.toString(),
                "--store-addr",
                "memory:",
                "--import-all",
                tree.toString(),
                "--list-root")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    servers.put(mountPoint, server);
  }

  @Override
  public void unmount(Path mountPoint) throws Exception {
    super.unmount(mountPoint);
    servers.remove(mountPoint).waitFor();
  }

  @Override
  protected Map<String, String> features() {
    return Map.of("list-root", "true", "nix-mtime", "true", "nix-owner", "true");
  }

  /// A handful; without this method all of them run, which takes a minute or two.
  @Override
  protected List<String> rules() {
    return List.of("ATTR-1", "ATTR-4", "TYP-1", "READ-1/slices*");
  }
}
