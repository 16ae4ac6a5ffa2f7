package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Trees go into a mount and come out of it, through the programs that people use.
@Timeout(300)
class MountCommandIT {
  private static final Path JDK = Path.of(System.getProperty("java.home")).toAbsolutePath();

  @TempDir private Path directory;
  private Path roots;

  @BeforeEach
  void makeRoots() {
    roots = directory.resolve("roots");
  }

  @AfterEach
  void removeRoots() throws Exception {
    FixtureInstaller.remove(roots);
  }

  private CastoreProcess mount(Fixture fixture) throws Exception {
    FixtureInstaller.install(fixture, roots);
    return CastoreProcess.start("\"$@\" --list-root --import-all " + roots);
  }

  @Test
  void aJdkIsWholeAndRunsAndEveryToolReadsIt() throws Exception {
    try (CastoreProcess castore = CastoreProcess.start("\"$@\" --list-root --import " + JDK)) {
      assertThat(castore.said).isEqualTo("mounted " + castore.mountPoint + " (1 store paths)");
      String tree = castore.mountPoint + "/" + Shell.run("ls " + castore.mountPoint).strip();
      assertThat(tree).endsWith("-" + JDK.getFileName());
      Shell.run("diff -r --no-dereference " + JDK + " " + tree);
      assertThat(Shell.run(tree + "/bin/java -version")).contains("version \"25");
      String count = Shell.run("find " + JDK + " | wc -l");
      assertThat(Shell.run("find " + tree + " | wc -l")).isEqualTo(count);
      assertThat(Shell.run("tar -cf - -C " + tree + " conf | tar -tf - | wc -l"))
          .isEqualTo(Shell.run("find " + JDK + "/conf | wc -l"));
      assertThat(Shell.run("du -s --apparent-size " + tree + "/lib/modules"))
          .startsWith(Shell.run("du -s --apparent-size " + JDK + "/lib/modules | cut -f1").strip());
      for (String copy : new String[] {"cp -a", "rsync -a"}) {
        Path to = directory.resolve("copy");
        Shell.run("mkdir " + to + " && " + copy + " " + tree + "/conf/. " + to);
        Shell.run("diff -r --no-dereference " + JDK + "/conf " + to);
        Shell.run("chmod -R u+w " + to + " && rm -r " + to);
      }
    }
  }

  @Test
  void everyNameTargetModeAndByteOfTheStandardFixtureIsThere() throws Exception {
    Fixture fixture = FixtureCatalog.standard(3);
    try (CastoreProcess castore = mount(fixture)) {
      assertThat(castore.said).contains("(" + fixture.roots().size() + " store paths)");
      Shell.run("diff -r --no-dereference " + roots + " " + castore.mountPoint);
      // The sizes of directories are not the same in any two filesystems.
      String attributes =
          "find . -mindepth 1 \\( -type d -printf '%p %y %m %T@\\0' -o "
              + "-printf '%p %y %m %s %T@ %l\\0' \\) | sort -z | sha256sum";
      assertThat(Shell.run("cd " + castore.mountPoint + " && " + attributes.replace("%m", "")))
          .isEqualTo(Shell.run("cd " + roots + " && " + attributes.replace("%m", "")));
      String files = "find . -type f -printf '%p %m\\0' | sort -z | sha256sum";
      assertThat(Shell.run("cd " + castore.mountPoint + " && " + files))
          .isEqualTo(Shell.run("cd " + roots + " && " + files));
    }
  }

  @Test
  void aByteThatIsNoTextIsKeptInArgumentsAndNames() throws Exception {
    Path parent = Files.createDirectory(directory.resolve("parent"));
    String tree = parent + "/$(printf 'p\\351q')/tree";
    Shell.run("mkdir -p \"" + tree + "\" && echo 1 > \"" + tree + "/$(printf 'n\\351')\"");
    try (CastoreProcess castore =
        CastoreProcess.start("\"$@\" --list-root --import \"" + tree + "\"")) {
      assertThat(castore.said).contains("(1 store paths)");
      String name = castore.mountPoint + "/*-tree/$(printf 'n\\351')";
      assertThat(Shell.run("cat " + name)).isEqualTo("1\n");
      assertThat(Shell.run("stat -c %s " + name)).isEqualTo("2\n");
      assertThat(Shell.run("ls " + castore.mountPoint + "/*-tree | cat")).isEqualTo("n\u00e9\n");
    }
    Shell.run("rm -r " + parent);
  }

  @Test
  void theWorkingDirectoryStaysItselfBesideAnEqualOne() throws Exception {
    Tree.Dir same =
        Tree.dir().add("x", Tree.dir().plain("f", Content.ofText("same")).build()).build();
    Fixture fixture =
        Fixture.of("equal", "equal", Tree.dir().add("a", same).add("b", same).build());
    try (CastoreProcess castore = mount(fixture)) {
      String tree = castore.mountPoint + "/" + fixture.root("equal").basename();
      String output =
          Shell.run(
              "cd "
                  + tree
                  + "/a/x && /bin/pwd -P && cat ../../b/x/f && ls ../../b/x && "
                  + "/bin/pwd -P && cat ../x/f");
      assertThat(output).isEqualTo(tree + "/a/x\nsamef\n" + tree + "/a/x\nsame");
    }
  }

  @Test
  void sighupShowsNewStorePathsAndKeepsTheOldOnes() throws Exception {
    Fixture first = Fixture.of("first", "first", FixtureCatalog.wide(3));
    try (CastoreProcess castore = mount(first)) {
      Fixture second = Fixture.of("second", "second", Tree.plain(Content.ofText("new")));
      StorePath path = second.root("second");
      Path file = castore.mountPoint.resolve(path.basename());
      assertThat(Files.exists(file)).isFalse();
      assertThat(Shell.run("ls " + castore.mountPoint).lines()).hasSize(1);
      FixtureInstaller.install(second, roots);
      castore.signal("HUP");
      awaitFile(file);
      assertThat(Files.readString(file)).isEqualTo("new");
      assertThat(Shell.run("ls " + castore.mountPoint).lines())
          .containsExactlyInAnyOrder(first.root("first").basename(), path.basename());
    }
  }

  @Test
  void sigtermUnmountsAndEndsWithZero() throws Exception {
    for (String signal : new String[] {"TERM", "INT"}) {
      try (CastoreProcess castore = mount(Fixture.of("one", "one", FixtureCatalog.wide(3)))) {
        assertThat(castore.isMounted()).isTrue();
        castore.signal(signal);
        assertThat(castore.exitStatus()).isZero();
        assertThat(castore.isMounted()).isFalse();
      }
      FixtureInstaller.remove(roots);
    }
  }

  @Test
  void umountEndsTheProcess() throws Exception {
    try (CastoreProcess castore = mount(Fixture.of("one", "one", FixtureCatalog.wide(3)))) {
      Shell.run("umount " + castore.mountPoint + " || fusermount3 -u " + castore.mountPoint);
      assertThat(castore.exitStatus()).isZero();
    }
  }

  @Test
  void aMountPointThatIsInUseIsRefusedAndStaysAsItIs() throws Exception {
    Fixture one = Fixture.of("one", "one", Tree.plain(Content.ofText("here")));
    try (CastoreProcess castore = mount(one)) {
      Process second =
          new ProcessBuilder(CastoreProcess.castore("mount", castore.mountPoint.toString()))
              .redirectErrorStream(true)
              .start();
      assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("has something mounted on it already");
      assertThat(second.waitFor()).isEqualTo(2);
      assertThat(castore.mountPoint.resolve(one.root("one").basename())).hasContent("here");
    }
  }

  @Test
  void theRootIsHiddenUnlessItIsToBeListed() throws Exception {
    Fixture one = Fixture.of("one", "one", Tree.plain(Content.ofText("here")));
    FixtureInstaller.install(one, roots);
    try (CastoreProcess castore = CastoreProcess.start("\"$@\" --import-all " + roots)) {
      assertThat(Shell.run("ls " + castore.mountPoint + " 2>&1 || true"))
          .contains("Operation not permitted");
      assertThat(castore.mountPoint.resolve(one.root("one").basename())).hasContent("here");
    }
  }

  private static void awaitFile(Path file) throws InterruptedException {
    for (int i = 0; i < 300 && !Files.exists(file); i++) {
      Thread.sleep(100);
    }
    assertThat(file).exists();
  }
}
