package io.github.storeproof.conformance;

import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StorePush;
import io.github.storeproof.conformance.target.EmbeddedStore;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.form.BinaryCacheForm;
import io.github.storeproof.fixtures.form.Form;
import io.github.storeproof.fixtures.form.NarForm;
import io.github.storeproof.fixtures.form.TreeForm;
import io.github.storeproof.fixtures.profile.GeneratedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// A `--format` of generated fixtures. *Immutable.*
sealed interface FixtureFormat {
  /// What it is called on the command line.
  String word();

  /// The format of this word.
  ///
  /// @throws IllegalArgumentException when there is none; the message is a sentence
  static FixtureFormat parse(String word) {
    if (word.startsWith(Services.PREFIX)) {
      return new Services(StoreAddress.parse(word.substring(Services.PREFIX.length())));
    }
    Optional<Entry> entry =
        Arrays.stream(Entry.values()).filter(one -> one.word.equals(word)).findFirst();
    return entry.orElseThrow(() ->
        new IllegalArgumentException(
            "format is \"" + word + "\", want tree, nar, binary-cache, store or grpc=ADDR"));
  }

  /// Store services, into which the paths are pushed.
  ///
  /// @param address where they listen
  record Services(StoreAddress address) implements FixtureFormat {
    private static final String PREFIX = "grpc=";

    @Override
    public String word() {
      return "grpc";
    }

    /// Connects to them.
    ///
    /// @param sizes of directories that they take; where nobody says it, they are asked
    Form open(Optional<DirectorySizes> sizes) throws IOException {
      return StorePush.to(address, sizes);
    }
  }

  /// An entry of the output directory.
  enum Entry implements FixtureFormat {
    /// A directory of store paths.
    TREE("tree", "tree"),
    /// An archive for each.
    NAR("nar", "nar"),
    /// What Nix substitutes from.
    BINARY_CACHE("binary-cache", "cache"),
    /// The reference's embedded store.
    STORE("store", "store");

    private final String word;
    private final String entry;

    Entry(String word, String entry) {
      this.word = word;
      this.entry = entry;
    }

    @Override
    public String word() {
      return word;
    }

    /// The name of the entry.
    String entry() {
      return entry;
    }

    /// Begins to fill it.
    ///
    /// @param path where; nothing is there yet
    Form open(Path path) throws IOException {
      return switch (this) {
        case TREE -> new TreeForm(path);
        case NAR -> new NarForm(Files.createDirectory(path));
        case BINARY_CACHE -> new BinaryCacheForm(Files.createDirectory(path));
        case STORE -> StoreForm.in(path);
      };
    }
  }

  /// The reference's embedded store, filled through its daemon. *Confined.*
  ///
  /// @param store is ended with this
  /// @param push into it
  record StoreForm(EmbeddedStore store, StorePush push) implements Form {
    static StoreForm in(Path path) throws IOException {
      try {
        EmbeddedStore store = EmbeddedStore.serve(path);
        try {
          return new StoreForm(
              store, StorePush.to(store.address(), Optional.of(DirectorySizes.SNIX)));
        } catch (IOException e) {
          store.close();
          throw e;
        }
      } catch (TargetException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void take(GeneratedPath path) throws IOException {
      push.take(path);
    }

    @Override
    public void end() throws IOException {
      push.end();
    }

    @Override
    public void close() {
      push.close();
      store.close();
    }
  }
}
