package io.github.storeproof.castorefs;

import static io.github.storeproof.castorefs.CastoreFsTest.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.castorefs.Mounted.Listed;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The tree: `tree/directory/file`, and a wide one.
class ForgetTest {
  private static final Fixture SMALL =
      Fixture.of(
          "small",
          "tree",
          Tree.dir()
              .add("directory", Tree.dir().plain("file", Content.ofText("x")).build())
              .build());

  @Test
  void aNodeIsKnownUntilEachLookupIsForgotten() throws Exception {
    Mounted mounted = Mounted.of(SMALL);
    Entry root = mounted.walk(SMALL.path("tree"));
    mounted.walk(SMALL.path("tree"));
    mounted.fs.forget(root.nodeId(), 1);
    assertThat(mounted.fs.getattr(root.nodeId()).attr()).isEqualTo(root.attr());
    mounted.fs.forget(root.nodeId(), 1);
    assertErrno(Errno.ESTALE, () -> mounted.fs.getattr(root.nodeId()));
    assertThat(mounted.fs.knownNodeCount()).isZero();
  }

  @Test
  void aNodeThatIsFoundAgainHasANewIdAndTheOldIno() throws Exception {
    Mounted mounted = Mounted.of(SMALL);
    Entry file = mounted.walk(SMALL.path("tree", "directory", "file"));
    mounted.fs.forget(file.nodeId(), 1);
    Entry again = mounted.walk(SMALL.path("tree", "directory", "file"));
    assertThat(again.nodeId()).isNotEqualTo(file.nodeId());
    assertThat(again.attr()).isEqualTo(file.attr());
  }

  @Test
  void inosAreTheSameInAnotherMount() throws Exception {
    byte[] path = SMALL.path("tree", "directory", "file");
    assertThat(Mounted.of(SMALL).walk(path).attr()).isEqualTo(Mounted.of(SMALL).walk(path).attr());
  }

  @Test
  void aParentMayBeForgottenBeforeItsChildren() throws Exception {
    Mounted mounted = Mounted.of(SMALL);
    Entry directory = mounted.walk(SMALL.path("tree", "directory"));
    Entry file = mounted.fs.lookup(directory.nodeId(), Mounted.bytes("file"));
    mounted.fs.forget(directory.nodeId(), 1);
    assertThat(mounted.fs.getattr(file.nodeId()).attr()).isEqualTo(file.attr());
    Entry again = mounted.walk(SMALL.path("tree", "directory", "file"));
    assertThat(again.attr()).isEqualTo(file.attr());
    mounted.fs.forget(file.nodeId(), 1);
    assertThat(mounted.read(again.nodeId(), 0, 1)).asString().isEqualTo("x");
  }

  @Test
  void nothingStaysAfterAListingIsForgotten() throws Exception {
    Fixture wide = Fixture.of("wide", "wide", FixtureCatalog.wide(10_000));
    Mounted mounted = Mounted.of(wide);
    long directory = mounted.walk(wide.path("wide")).nodeId();
    for (int round = 0; round < 3; round++) {
      List<Listed> listed = mounted.readdirplus(directory, 2, 10_000);
      assertThat(mounted.fs.knownNodeCount()).isEqualTo(10_001);
      listed.forEach(each -> mounted.fs.forget(each.nodeId(), 1));
      assertThat(mounted.fs.knownNodeCount()).isEqualTo(1);
    }
  }

  @Test
  void lookupsAndForgetsFromManyThreadsEndWithNothingKnown() throws Exception {
    Mounted mounted = Mounted.of(SMALL);
    byte[] root = Mounted.bytes(SMALL.root("tree").basename());
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      tasks.add(() -> {
        for (int i = 0; i < 5_000; i++) {
          Entry tree = mounted.fs.lookup(FuseOperations.ROOT_ID, root);
          Entry directory = mounted.fs.lookup(tree.nodeId(), Mounted.bytes("directory"));
          Entry file = mounted.fs.lookup(directory.nodeId(), Mounted.bytes("file"));
          assertThat(mounted.read(file.nodeId(), 0, 2)).hasSize(1);
          mounted.fs.forget(file.nodeId(), 1);
          mounted.fs.forget(directory.nodeId(), 1);
          mounted.fs.forget(tree.nodeId(), 1);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    }
    assertThat(mounted.fs.knownNodeCount()).isZero();
  }
}
