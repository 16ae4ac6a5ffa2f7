package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreBehind;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.github.storeproof.conformance.target.Placeholders.Word;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import io.github.storeproof.fixtures.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The store of a profile with `method = "grpc"`, for one mount.
final class StoreOf {
  private StoreOf() {}

  /// The store, empty so far; nothing for a profile with another method.
  ///
  /// @param work the directory of the mount's sockets
  static Optional<StoreBehind> mount(TargetProfile profile, Path work, Placeholders words)
      throws TargetException {
    if (!(profile.populate() instanceof Populate.Grpc(Optional<String> address))) {
      return Optional.empty();
    }
    StoreAddress store = address.isPresent() ? address(address.get(), words) : null;
    if (store != null && !store.accepts()) {
      throw new TargetException(
          "nothing listens on " + store + ", the address of [populate], want store services");
    }
    try {
      return Optional.of(
          StoreBehind.open(
              new StoreBehind.Settings(
                  store,
                  constant(ServicePackage.class, profile.features(), Feature.STORE_PACKAGE)
                      .orElse(ServicePackage.SNIX),
                  constant(DirectorySizes.class, profile.features(), Feature.DIRECTORY_SIZE)
                      .orElse(DirectorySizes.SNIX)
                      .rule(),
                  work.resolve("store.sock"))));
    } catch (IOException e) {
      throw new TargetException("the fault proxy cannot listen: " + e.getMessage(), e);
    }
  }

  /// The constant that a feature names; empty when nothing is said of it.
  static <E extends Enum<E>> Optional<E> constant(
      Class<E> type, Features features, Feature feature) {
    return features.value(feature).map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
  }

  static StoreAddress address(String text, Placeholders words) throws TargetException {
    try {
      return StoreAddress.parse(words.path(text));
    } catch (IllegalArgumentException e) {
      throw new TargetException("[populate] " + e.getMessage(), e);
    }
  }

  static void fill(StoreBehind store, Fixture fixture) throws TargetException {
    try {
      store.add(fixture);
    } catch (StoreRefusal e) {
      throw new TargetException(
          "the store does not take fixture '" + fixture.name() + "': " + e.getMessage(), e);
    }
  }

  /// The words with the addresses that the command names.
  static Placeholders words(StoreBehind store, String command, Placeholders words)
      throws TargetException {
    Placeholders more =
        words
            .with(Word.STORE, store.unixAddress())
            .with(Word.STORE_SOCKET, store.socket().toString());
    try {
      return command.contains("{" + Word.STORE_HTTP.key() + "}")
          ? more.with(Word.STORE_HTTP, store.tcpAddress())
          : more;
    } catch (IOException e) {
      throw new TargetException("the fault proxy cannot listen: " + e.getMessage(), e);
    }
  }
}
