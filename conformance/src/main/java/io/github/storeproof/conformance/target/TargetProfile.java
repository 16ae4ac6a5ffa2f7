package io.github.storeproof.conformance.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a `.toml` file says of a target: how to fill it, how to mount it, what it claims.
/// *Immutable.*
///
/// @param name its short name
/// @param kind what it is
/// @param populate how the fixture gets in
/// @param mount how it is mounted; empty for a store service
/// @param narCommand reads archives and writes again what it has understood; empty when the target takes none
/// @param services processes that run first, in their order
/// @param features what it claims
/// @param knownFailures `RULE[/case-glob]` to the reason
public record TargetProfile(
    String name,
    Kind kind,
    Populate populate,
    Optional<MountCommand> mount,
    Optional<String> narCommand,
    List<Service> services,
    Features features,
    Map<String, String> knownFailures) {
  public TargetProfile {
    services = List.copyOf(services);
    knownFailures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(knownFailures));
  }

  /// What is looked at.
  public enum Kind {
    /// A directory with store paths in it.
    MOUNT,
    /// Store services.
    GRPC;

    /// The word in profiles and reports.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// How the fixture gets in.
  public sealed interface Populate {
    /// `{tree}` is there to be packed or read; the command, where there is one, does it.
    ///
    /// @param command packs `{tree}`; empty when the mount command reads it itself
    /// @param refresh makes paths visible that were added to `{tree}`
    record Command(Optional<String> command, Optional<String> refresh) implements Populate {}

    /// The fixture is pushed to store services.
    ///
    /// @param address where they listen; empty when the kit itself is the store
    record Grpc(Optional<String> address) implements Populate {}
  }

  /// How it is mounted.
  ///
  /// @param command the command
  /// @param foreground whether the command stays while it is mounted
  /// @param unmount the command that unmounts
  /// @param root the directory in which the store paths appear
  public record MountCommand(String command, boolean foreground, String unmount, String root) {}

  /// A process that runs first.
  ///
  /// @param name its name in the profile
  /// @param command the command, which stays
  /// @param ready when it is ready
  public record Service(String name, String command, Ready ready) {}

  /// When a service is ready.
  public sealed interface Ready {
    /// A unix socket accepts a connection.
    record Socket(String path) implements Ready {}

    /// A TCP port of this machine accepts a connection.
    record Port(int number) implements Ready {}

    /// A file is there.
    record File(String path) implements Ready {}

    /// A command ends with 0.
    record Command(String command) implements Ready {}

    /// The address of the store services accepts a connection.
    record StoreAddress(String address) implements Ready {}
  }
}
