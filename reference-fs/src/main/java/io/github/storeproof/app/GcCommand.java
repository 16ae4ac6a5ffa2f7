package io.github.storeproof.app;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.file.Garbage;
import io.github.storeproof.store.file.ObjectGarbage;
import io.github.storeproof.store.file.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `castore gc`: removes what nothing refers to.
@Command(
    name = "gc",
    description = {
      "Removes content that no store path refers to, beside running readers and writers.",
      "With --keep, all other store paths go too."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GcCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "STORE_PATH",
      arity = "1..*",
      description = "Keep these store paths and those that they refer to, and no others.")
  private List<String> kept = List.of();

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = {
        "Keep content for so long after it was put or asked for. Default: ${DEFAULT-VALUE}.",
        "Less than 600 is for stores that nobody writes to meanwhile."
      })
  private long graceSeconds;

  @Mixin private EmbeddedOption storeOption = new EmbeddedOption();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<StorePath> roots = roots();
    Duration grace = Duration.ofSeconds(graceSeconds);
    Optional<ObjectStore> objects = storeOption.openObjects();
    Garbage.Collected collected =
        objects.isPresent() ? collect(objects.get(), grace, roots) : collect(grace, roots);
    spec.commandLine()
        .getOut()
        .printf(
            "removed %d store paths, %d %s, %d blobs: %d bytes%n",
            collected.pathInfoCount(),
            collected.directoryCount(),
            objects.isPresent() ? "trees" : "directories",
            collected.blobCount(),
            collected.freedBytes());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Garbage.Collected collect(Duration grace, List<StorePath> roots) throws StoreException {
    try (FileStore store = storeOption.open()) {
      Garbage garbage = new Garbage(store, grace);
      return roots.isEmpty() ? garbage.collect() : garbage.collectAllBut(roots);
    }
  }

  private static Garbage.Collected collect(ObjectStore store, Duration grace, List<StorePath> roots)
      throws StoreException {
    ObjectGarbage garbage = new ObjectGarbage(store, grace);
    return roots.isEmpty() ? garbage.collect() : garbage.collectAllBut(roots);
  }

  private List<StorePath> roots() throws StoreException {
    List<StorePath> roots = new ArrayList<>();
    for (String path : kept) {
      try {
        roots.add(path.startsWith("/") ? StorePath.parseAbsolute(path) : StorePath.parse(path));
      } catch (InvalidDataException e) {
        throw new StoreException(StoreFailure.REFUSED, String.valueOf(e.getMessage()), e);
      }
    }
    return roots;
  }
}
