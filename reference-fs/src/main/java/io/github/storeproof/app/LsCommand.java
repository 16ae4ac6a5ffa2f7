package io.github.storeproof.app;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.posix.RawPath;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `castore ls`: lists a directory.
@Command(
    name = "ls",
    description = "Lists a directory: mode, size and name of each entry, in their order.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class LsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE_PATH", description = "A store path, or a path below one.")
  private RawPath path = RawPath.of(new byte[0]);

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws Exception {
    try (OpenStores open = storeOptions.open();
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
      Node node = StoredPath.find(open.stores(), path).node();
      if (node instanceof DirectoryNode directory) {
        Directory listed = StoredPath.directory(open.stores(), directory);
        for (int i = 0; i < listed.entryCount(); i++) {
          print(out, listed.nodeAt(i), listed.nameAt(i).toBytes());
        }
      } else {
        print(out, node, path.basename());
      }
    }
    return 0;
  }

  /// Names are bytes, and are written as they are.
  private static void print(OutputStream out, Node node, byte[] name) throws java.io.IOException {
    NodeWords words = NodeWords.of(node);
    String line = "%s %12d ".formatted(words.mode(), words.size());
    out.write(line.getBytes(StandardCharsets.US_ASCII));
    out.write(name);
    out.write(words.behindName());
    out.write((byte) 10);
  }
}
