package io.github.storeproof.app;

import io.github.storeproof.castorefs.CastoreFs;
import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.importer.ImportException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountOptions;
import io.github.storeproof.transport.fusedev.Signals;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `castore mount`: shows the store paths of a store, and trees that it imports first, until it is
/// told to end.
@Command(
    name = "mount",
    description = {
      "Shows store paths as a read-only filesystem, until SIGTERM, SIGINT or umount.",
      "SIGHUP reads the directories of --import-all again."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class MountCommand implements Callable<Integer> {
  private static final long KEPT_DIRECTORIES_BYTES = 32 << 20;

  @Parameters(paramLabel = "DIR", description = "Where to mount: an empty directory.")
  private RawPath directory = RawPath.of(new byte[0]);

  @Option(
      names = "--import",
      paramLabel = "PATH",
      description = "Import this tree and show it as `nix-store --add` would name it.")
  private List<RawPath> imports = List.of();

  @Option(
      names = "--import-all",
      paramLabel = "DIR",
      description = "Import all of this directory, whose entries are named as store paths.")
  private List<RawPath> importAlls = List.of();

  @Option(names = "--list-root", description = "Let the root be listed, not only looked up in.")
  private boolean isRootListed;

  @Option(
      names = "--allow-other",
      description = "Let other users see the mount. Root's mounts always do.")
  private boolean isForOthers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Request loops, 1 to 64. Default: ${DEFAULT-VALUE}.")
  private int threadCount;

  @Option(
      names = "--auto-unmount",
      description = {
        "Let fusermount3 stay as a guard that unmounts when this process is killed.",
        "Without it the mount point stays behind, dead (ENOTCONN), until umount."
      })
  private boolean isGuarded;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Mixin private WatchOptions watchOptions = new WatchOptions();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    MountOptions options = options();
    options.mountPoint().check();
    try (Watching watching = watchOptions.start("castore-mount");
        OpenStores open = storeOptions.open(watching)) {
      ImportSources sources = sources(open);
      // From the start: the signal would end the process otherwise.
      Signals.handle("HUP", () -> reread(sources));
      sources.importAll();
      serve(options, open, watching);
    }
    return 0;
  }

  private void serve(MountOptions options, OpenStores open, Watching watching) throws Exception {
    Stores stores = watching.watched(open.stores()).rememberingDirectories(KEPT_DIRECTORIES_BYTES);
    CastoreFs filesystem = new CastoreFs(stores, isRootListed);
    try (Mount mount = Mount.mount(options, watching.watched(filesystem))) {
      mount.unmountOnSignals();
      say("mounted " + directory + countOf(open.stores().pathInfos()));
      mount.awaitUnmounted();
    }
  }

  private void reread(ImportSources sources) {
    try {
      sources.importNew();
    } catch (ImportException | StoreException e) {
      // The mount goes on with what it has.
      say("castore: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ImportSources sources(OpenStores open) throws Exception {
    List<RawPath> trees = new ArrayList<>();
    for (RawPath path : imports) {
      trees.add(WorkingDirectory.absolute(path));
    }
    List<StorePathDirectory> directories = new ArrayList<>();
    for (RawPath path : importAlls) {
      directories.add(new StorePathDirectory(WorkingDirectory.absolute(path)));
    }
    return new ImportSources(open.importer(), open.stores().pathInfos(), trees, directories);
  }

  private MountOptions options() {
    try {
      MountOptions options =
          MountOptions.at(directory.toBytes())
              .withThreadCount(threadCount)
              .withAutoUnmount(isGuarded);
      return isForOthers ? options.withAllowOther(true) : options;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /// How many store paths there are; nothing where a store elsewhere would have to be asked.
  private static String countOf(PathInfoService pathInfos) throws StoreException {
    if (pathInfos.mayBlock()) {
      return "";
    }
    int count = 0;
    try (Cursor<?> cursor = pathInfos.list()) {
      while (cursor.next().isPresent()) {
        count++;
      }
    }
    return " (" + count + " store paths)";
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
