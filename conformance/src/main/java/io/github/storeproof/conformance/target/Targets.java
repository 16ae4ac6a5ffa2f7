package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the target that a user names. *Immutable.*
public final class Targets {
  /// The profiles that are part of the kit.
  private static final List<String> BUNDLED =
      List.of(
          "reference",
          "reference-unlisted",
          "reference-store",
          "reference-grpc",
          "ext4",
          "squashfs",
          "squashfuse",
          "erofs",
          "overlayfs");

  private Targets() {}

  /// The names of the bundled profiles.
  public static List<String> bundled() {
    return BUNDLED;
  }

  /// The target of a bundled profile's name, or of a path to a profile.
  ///
  /// @param keep leave its files in the end
  public static Target of(String nameOrPath, boolean keep) throws TargetException {
    TargetProfile profile = profile(nameOrPath);
    Workspace workspace = Workspace.create(keep);
    return switch (profile.kind()) {
      case MOUNT -> new ProfileTarget(profile, workspace);
      case GRPC -> StoreTarget.of(profile, workspace);
    };
  }

  /// Store services that run at an address.
  public static Target at(String address) throws TargetException {
    TargetProfile profile =
        new TargetProfile(
            StoreTarget.NAME,
            TargetProfile.Kind.GRPC,
            new TargetProfile.Populate.Grpc(Optional.of(address)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Features.undeclared(),
            Map.of());
    return StoreTarget.of(profile, Workspace.create(false));
  }

  /// The profile of that name or path.
  public static TargetProfile profile(String nameOrPath) throws TargetException {
    Optional<String> bundled =
        BUNDLED.contains(nameOrPath) ? resource(nameOrPath) : Optional.empty();
    if (bundled.isPresent()) {
      return ProfileReader.parse(nameOrPath + ".toml", bundled.get());
    }
    Path path = Path.of(nameOrPath);
    if (!Files.isRegularFile(path)) {
      throw new TargetException(
          "no target '"
              + nameOrPath
              + "': it is no profile file, and the bundled profiles are "
              + String.join(", ", BUNDLED));
    }
    try {
      return ProfileReader.parse(nameOrPath, Files.readString(path));
    } catch (IOException e) {
      throw new TargetException("cannot read " + nameOrPath + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> resource(String name) throws TargetException {
    try (InputStream stream = Targets.class.getResourceAsStream("/targets/" + name + ".toml")) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TargetException(
          "cannot read the bundled profile " + name + ": " + e.getMessage(), e);
    }
  }
}
