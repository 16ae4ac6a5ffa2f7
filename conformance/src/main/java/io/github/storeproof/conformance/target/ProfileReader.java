package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.target.TargetProfile.Kind;
import io.github.storeproof.conformance.target.TargetProfile.MountCommand;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import io.github.storeproof.conformance.target.TargetProfile.Ready;
import io.github.storeproof.conformance.target.TargetProfile.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Reads a profile strictly: what it does not know is an error with file and line. *Confined.*
public final class ProfileReader {
  /// The second command is for users who may not call umount.
  static final String DEFAULT_UNMOUNT = "umount {mount} 2>/dev/null || fusermount3 -u {mount}";

  private final String source;

  private ProfileReader(String source) {
    this.source = source;
  }

  /// The profile in a text.
  ///
  /// @param source the name of the text in messages
  /// @throws TargetException when it is no profile
  public static TargetProfile parse(String source, String text) throws TargetException {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      var error = toml.errors().getFirst();
      throw new TargetException(source + ":" + error.position().line() + ": " + error.getMessage());
    }
    return new ProfileReader(source).profile(new ProfileTable(source, toml));
  }

  private TargetProfile profile(ProfileTable top) throws TargetException {
    top.allow(
        Set.of(
            "name", "kind", "populate", "mount", "nar", "services", "features", "known-failures"));
    String name = top.required("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw top.error("name", "name is '" + name + "', want letters, digits, '.', '_' and '-'");
    }
    Kind kind = kind(top);
    Populate populate = populate(top);
    Optional<MountCommand> mount = mount(top);
    if (kind == Kind.MOUNT && mount.isEmpty()) {
      throw new TargetException(source + ": kind is \"mount\" and there is no [mount]");
    }
    requireAddress(kind, populate, mount);
    return new TargetProfile(
        name,
        kind,
        populate,
        mount,
        narCommand(top),
        services(top, populate),
        features(top),
        knownFailures(top));
  }

  private static Optional<String> narCommand(ProfileTable top) throws TargetException {
    Optional<ProfileTable> table = top.table("nar");
    if (table.isEmpty()) {
      return Optional.empty();
    }
    table.get().allow(Set.of("command"));
    return Optional.of(table.get().requiredCommand("command"));
  }

  /// Store services are found by the address that they are filled at.
  private void requireAddress(Kind kind, Populate populate, Optional<MountCommand> mount)
      throws TargetException {
    boolean hasAddress = populate instanceof Populate.Grpc grpc && grpc.address().isPresent();
    if (kind == Kind.GRPC && !hasAddress) {
      throw new TargetException(
          source + ": kind is \"grpc\" and [populate] has no method \"grpc\" with an address");
    }
    if (kind == Kind.GRPC && mount.isPresent()) {
      throw new TargetException(source + ": kind is \"grpc\" and there is a [mount]");
    }
  }

  private static Kind kind(ProfileTable top) throws TargetException {
    return switch (top.required("kind")) {
      case "mount" -> Kind.MOUNT;
      case "grpc" -> Kind.GRPC;
      case String other ->
          throw top.error("kind", "kind is \"" + other + "\", want \"mount\" or \"grpc\"");
    };
  }

  private static Populate populate(ProfileTable top) throws TargetException {
    ProfileTable table = top.requiredTable("populate");
    table.allow(Set.of("method", "command", "refresh", "address"));
    String method = table.required("method");
    return switch (method) {
      case "command" -> {
        table.refuse("address", "belongs to method \"grpc\"");
        yield new Populate.Command(
            Optional.of(table.requiredCommand("command")), table.command("refresh"));
      }
      case "none" -> {
        table.refuse("address", "belongs to method \"grpc\"");
        table.refuse("command", "belongs to method \"command\"");
        yield new Populate.Command(Optional.empty(), table.command("refresh"));
      }
      case "grpc" -> {
        table.refuse("command", "belongs to method \"command\"");
        table.refuse("refresh", "belongs to methods \"command\" and \"none\"");
        yield new Populate.Grpc(table.command("address"));
      }
      default ->
          throw table.error(
              "method", "method is \"" + method + "\", want \"command\", \"grpc\" or \"none\"");
    };
  }

  private static Optional<MountCommand> mount(ProfileTable top) throws TargetException {
    Optional<ProfileTable> found = top.table("mount");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ProfileTable table = found.get();
    table.allow(Set.of("command", "foreground", "unmount", "root"));
    String root = table.command("root").orElse("{mount}");
    if (!root.equals("{mount}") && !root.startsWith("{mount}/")) {
      throw table.error(
          "root", "root is \"" + root + "\", want {mount} or a directory below it: {mount}/store");
    }
    return Optional.of(
        new MountCommand(
            table.requiredCommand("command"),
            table.flag("foreground").orElse(true),
            table.command("unmount").orElse(DEFAULT_UNMOUNT),
            root));
  }

  private static List<Service> services(ProfileTable top, Populate populate)
      throws TargetException {
    List<Service> services = new ArrayList<>();
    Optional<ProfileTable> all = top.table("services");
    if (all.isPresent()) {
      for (String name : all.get().keysInOrder()) {
        ProfileTable table = all.get().requiredTable(name);
        table.allow(Set.of("command", "ready"));
        services.add(new Service(name, table.requiredCommand("command"), ready(table, populate)));
      }
    }
    return services;
  }

  private static Ready ready(ProfileTable table, Populate populate) throws TargetException {
    Optional<String> text = table.command("ready");
    if (text.isEmpty()) {
      if (populate instanceof Populate.Grpc(Optional<String> address) && address.isPresent()) {
        return new Ready.StoreAddress(address.get());
      }
      throw table.error(
          "command", "the service has no 'ready', and there is no populate address to ask");
    }
    String ready = text.get();
    int colon = ready.indexOf(':');
    String argument = ready.substring(colon + 1);
    return switch (colon < 0 ? "" : ready.substring(0, colon)) {
      case "socket" -> new Ready.Socket(argument);
      case "file" -> new Ready.File(argument);
      case "command" -> new Ready.Command(argument);
      case "port" -> new Ready.Port(port(table, argument));
      default ->
          throw table.error(
              "ready",
              "ready is \"" + ready + "\", want socket:PATH, port:N, file:PATH or command:CMD");
    };
  }

  private static int port(ProfileTable table, String digits) throws TargetException {
    if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65535) {
      return Integer.parseInt(digits);
    }
    throw table.error("ready", "port is '" + digits + "', want a number up to 65535");
  }

  private static Features features(ProfileTable top) throws TargetException {
    Map<Feature, String> values = new EnumMap<>(Feature.class);
    Optional<ProfileTable> found = top.table("features");
    if (found.isPresent()) {
      ProfileTable table = found.get();
      for (String key : table.keysInOrder()) {
        Feature feature =
            Feature.find(key)
                .orElseThrow(() ->
                    table.error(key, "unknown feature '" + key + "'; known: " + Feature.keys()));
        values.put(feature, table.featureValue(feature));
      }
    }
    return Features.of(values);
  }

  private static Map<String, String> knownFailures(ProfileTable top) throws TargetException {
    Map<String, String> known = new LinkedHashMap<>();
    Optional<ProfileTable> found = top.table("known-failures");
    if (found.isPresent()) {
      for (String pattern : found.get().keysInOrder()) {
        String reason = found.get().required(pattern);
        if (reason.isBlank()) {
          throw found.get().error(pattern, "known failure '" + pattern + "' has no reason");
        }
        known.put(pattern, reason);
      }
    }
    return known;
  }
}
