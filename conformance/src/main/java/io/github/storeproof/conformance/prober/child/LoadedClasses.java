package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.model.Blake3;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Loads the classes that a thread may need after it has given up its rights or its root, when it could not read them any more.
///
/// Classes in jars need no help: the jar stays open.
final class LoadedClasses {
  private static final String PACKAGE = "io/github/storeproof/conformance/prober";

  private LoadedClasses() {}

  static synchronized void loadAll() throws IOException {
    Blake3.hash(new byte[4096]);
    Path classes = location();
    if (!Files.isDirectory(classes)) {
      return;
    }
    try (Stream<Path> files = Files.walk(classes.resolve(PACKAGE))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : found) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class.forName(name.substring(0, name.length() - ".class".length()));
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("class of the prober vanished", e);
    }
  }

  private static Path location() throws IOException {
    try {
      return Path.of(Script.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("location of the prober's classes", e);
    }
  }
}
