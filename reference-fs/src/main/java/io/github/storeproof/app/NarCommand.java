package io.github.storeproof.app;

import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.nar.Nars;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `castore nar`: writes the NAR of a tree.
@Command(
    name = "nar",
    description = "Writes the NAR of a store path, or of a path below it, to the output.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class NarCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE_PATH", description = "A store path, or a path below one.")
  private RawPath path = RawPath.of(new byte[0]);

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      description = {
        "Where to begin (default: 0). What lies before is passed over by its length;",
        "neither it nor what lies behind is read."
      })
  private long offsetBytes;

  @Option(
      names = "--length",
      paramLabel = "BYTES",
      description = "How much to write at most (default: all).")
  private long lengthBytes = Long.MAX_VALUE;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    checkRange();
    try (OpenStores open = storeOptions.open();
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      StoredPath found = StoredPath.find(open.stores(), path);
      Nars nars = new Nars(open.stores().blobs(), open.stores().directories());
      if (offsetBytes == 0 && lengthBytes == Long.MAX_VALUE) {
        nars.write(found.node(), out, () -> false);
      } else {
        nars.writeSlice(found.node(), offsetBytes, lengthBytes, out, () -> false);
      }
    }
    return 0;
  }

  private void checkRange() {
    if (offsetBytes < 0 || lengthBytes < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "slice is " + lengthBytes + " bytes at " + offsetBytes + ", want neither below 0");
    }
  }
}
