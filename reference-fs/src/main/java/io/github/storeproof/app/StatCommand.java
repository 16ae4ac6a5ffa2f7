package io.github.storeproof.app;

import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.posix.RawPath;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `castore stat`: says what is known of a path.
@Command(
    name = "stat",
    description = "Says what is known of a store path, or of a path below it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StatCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE_PATH", description = "A store path, or a path below one.")
  private RawPath path = RawPath.of(new byte[0]);

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (OpenStores open = storeOptions.open()) {
      StoredPath found = StoredPath.find(open.stores(), path);
      NodeWords words = NodeWords.of(found.node());
      PrintWriter out = spec.commandLine().getOut();
      out.println("mode       " + words.mode());
      out.println("size       " + words.size());
      words.digest().ifPresent(digest -> out.println("digest     " + digest));
      print(out, found.pathInfo());
      out.flush();
    }
    return 0;
  }

  private static void print(PrintWriter out, PathInfo pathInfo) {
    NarInfo nar = pathInfo.narInfo();
    out.println("store path " + pathInfo.path().absolutePath());
    out.println("NAR size   " + nar.narSize());
    out.println("NAR hash   " + nar.narSha256());
    pathInfo.references().forEach(reference -> out.println("reference  " + reference));
    nar.deriver().ifPresent(deriver -> out.println("deriver    " + deriver));
    nar.contentAddress().ifPresent(address -> out.println("address    " + address));
    nar.signatures().forEach(signature -> out.println("signature  " + signature));
  }
}
