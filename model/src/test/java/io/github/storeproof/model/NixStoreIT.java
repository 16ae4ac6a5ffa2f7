package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives and store paths against Nix's own. Nix makes the random trees on disk from our archives,
/// so that names and targets can have any byte; the tree drawn here is made without Nix:
///
/// ```
/// on-disk/
///   - leading dash      0755
///   ...                 0644, empty
///   A, a, a.b, a-b      0644
///   dangling -> ../no such file
///   empty/
///   for-the-group-only  0654: not executable for its owner
///   newline\n/
///     deep -> ..
/// ```
final class NixStoreIT {
  private NixStore nix;

  @BeforeEach
  void makeAStore() throws IOException {
    nix = new NixStore();
  }

  @AfterEach
  void removeTheStore() {
    nix.close();
  }

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRandomTreeHasTheArchiveAndTheStorePathOfNix(long seed) throws IOException {
    byte[] nar = SampleTree.random(new Random(seed), 4).nar();
    Path tree = nix.resolve("tree-" + seed);
    nix.restore(nar, tree);

    assertThat(nix.dump(tree)).isEqualTo(nar);
    assertThat(nix.add(tree)).isEqualTo(StorePath.ofNar(sha256(nar), "tree-" + seed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "executable", "link", "a+b-c_d?e=f.g", "1"})
  void aRootOfAnyKindHasTheArchiveAndTheStorePathOfNix(String name) throws IOException {
    Path path = nix.resolve(name);
    if (name.equals("link")) {
      Files.createSymbolicLink(path, Path.of("no such file"));
    } else {
      write(path, name.equals("executable") ? "rwxr-xr-x" : "rw-r--r--", "content of " + name);
    }
    byte[] nar = archived(path);

    assertThat(nix.dump(path)).isEqualTo(nar);
    assertThat(nix.add(path)).isEqualTo(StorePath.ofNar(sha256(nar), name));
  }

  @Test
  void aTreeOnDiskHasTheArchiveAndTheStorePathOfNix() throws IOException {
    Path tree = Files.createDirectory(nix.resolve("on-disk"));
    write(tree.resolve("- leading dash"), "rwxr-xr-x", "#!/bin/sh");
    write(tree.resolve("..."), "rw-r--r--", "");
    for (String name : new String[] {"A", "a", "a.b", "a-b"}) {
      write(tree.resolve(name), "rw-r--r--", name);
    }
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("../no such file"));
    Files.createDirectory(tree.resolve("empty"));
    write(tree.resolve("for-the-group-only"), "rw-r-xr--", "not for its owner");
    Path deep = Files.createDirectory(tree.resolve("newline\n"));
    Files.createSymbolicLink(deep.resolve("deep"), Path.of(".."));
    byte[] nar = archived(tree);

    assertThat(nix.dump(tree)).isEqualTo(nar);
    assertThat(nix.add(tree)).isEqualTo(StorePath.ofNar(sha256(nar), "on-disk"));
  }

  private static void write(Path path, String permissions, String content) throws IOException {
    Files.writeString(path, content);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static byte[] archived(Path path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter nar = new NarWriter(out);
    archive(nar, path);
    nar.finish();
    return out.toByteArray();
  }

  private static void archive(NarWriter nar, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      nar.symlink(SymlinkTarget.of(Files.readSymbolicLink(path).toString()));
    } else if (Files.isDirectory(path)) {
      Map<PathComponent, Path> entries = new TreeMap<>();
      try (Stream<Path> children = Files.list(path)) {
        children.forEach(
            child -> entries.put(PathComponent.of(child.getFileName().toString()), child));
      }
      nar.directory();
      for (Map.Entry<PathComponent, Path> entry : entries.entrySet()) {
        nar.entry(entry.getKey());
        archive(nar, entry.getValue());
      }
      nar.endDirectory();
    } else {
      boolean executable =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).charAt(2) == 'x';
      try (InputStream content = Files.newInputStream(path)) {
        nar.file(executable, Files.size(path), content);
      }
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }
}
