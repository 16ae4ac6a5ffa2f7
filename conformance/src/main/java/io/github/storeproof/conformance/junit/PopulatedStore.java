package io.github.storeproof.conformance.junit;

import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreBehind;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.InstallException;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Store paths, with all that is known of them, on disk and behind store services: what a test with [StoreFixture] is given.
///
/// Both forms are made when they are first asked for. *Thread-safe*; whoever changes the directory spoils the tests that come
/// after.
public final class PopulatedStore {
  private final Fixture fixture;
  private @Nullable Path work;
  private @Nullable Path directory;
  private @Nullable StoreBehind services;

  PopulatedStore(Fixture fixture) {
    this.fixture = fixture;
  }

  /// What the store holds.
  public Fixture fixture() {
    return fixture;
  }

  /// The store paths, in the order of their basenames.
  public List<StorePath> paths() {
    return List.copyOf(fixture.roots().keySet());
  }

  /// The tree at a store path.
  ///
  /// @throws IllegalArgumentException when the store does not have it
  public Tree tree(StorePath path) {
    Tree tree = fixture.roots().get(path);
    if (tree == null) {
      throw new IllegalArgumentException(path + " is not there, want one of " + paths());
    }
    return tree;
  }

  /// Size and SHA-256 of the NAR at a store path; what it writes is the NAR.
  public TreeArchive archive(StorePath path) {
    return TreeArchive.of(tree(path));
  }

  /// The root node at a store path, with its digest.
  ///
  /// @param sizeRule how sizes of directories count
  public Node node(StorePath path, SizeRule sizeRule) {
    return TreeNodes.node(tree(path), sizeRule);
  }

  /// A directory with the store paths, named as in a store, with the modes and times of one. Names are bytes: where some are no
  /// text, `java.nio` cannot go below.
  ///
  /// @throws IOException when there is no space, or the filesystem does not take a name
  public synchronized Path directory() throws IOException {
    if (directory == null) {
      Path made = work().resolve("paths");
      try {
        FixtureInstaller.install(fixture, made);
      } catch (InstallException e) {
        throw new IOException(e);
      }
      directory = made;
    }
    return directory;
  }

  /// Where a store path is on disk.
  public Path directory(StorePath path) throws IOException {
    tree(path);
    return directory().resolve(path.basename());
  }

  /// The address of BlobService, DirectoryService and PathInfoService, as in `grpc+unix:///path`: packages `snix.*.v1`,
  /// sizes of directories as in snix, nothing can be put.
  ///
  /// @throws IOException when no socket can be made
  public synchronized String address() throws IOException {
    return services().unixAddress();
  }

  private StoreBehind services() throws IOException {
    if (services == null) {
      StoreBehind made =
          StoreBehind.open(
              new StoreBehind.Settings(
                  null, ServicePackage.SNIX, SizeRule.SNIX, work().resolve("sock")));
      try {
        made.add(fixture);
      } catch (StoreRefusal e) {
        throw new IOException(e);
      }
      services = made;
    }
    return services;
  }

  private Path work() throws IOException {
    if (work == null) {
      work = Files.createTempDirectory("storeproof-store-");
    }
    return work;
  }

  /// Removes everything.
  synchronized void end() throws InstallException {
    if (services != null) {
      services.close();
    }
    if (work != null) {
      FixtureInstaller.remove(work);
    }
  }
}
