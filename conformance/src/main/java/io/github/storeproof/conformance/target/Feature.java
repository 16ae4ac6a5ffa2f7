package io.github.storeproof.conformance.target;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Something that one correct store does and another does not. A profile says which: what it claims
/// is checked, what it does not claim is skipped with the reason. *Immutable.*
public enum Feature {
  LIST_ROOT(
      "list-root",
      Assumed.NOTHING,
      "The root can be listed. true: listings of the root are complete; false: opening it for"
          + " listing is refused, lookups work."),
  NIX_MODES(
      "nix-modes",
      Assumed.TRUE,
      "Plain files are r--r--r--, executables and directories r-xr-xr-x."),
  NIX_MTIME(
      "nix-mtime",
      Assumed.NOTHING,
      "The modification time of every node is 1 (1970-01-01 00:00:01)."),
  NIX_OWNER("nix-owner", Assumed.NOTHING, "Every node belongs to user 0 and group 0."),
  CASTORE_XATTRS(
      "castore-xattrs",
      Assumed.NOTHING,
      "The digest of a node is in its extended attribute user.snix.castore.blob.digest or"
          + " user.snix.castore.directory.digest; with store-package = \"tvix\" in"
          + " user.tvix.castore. false: no node has attributes."),
  EXEC("exec", Assumed.TRUE, "Programs can be started from the mount (it is not mounted noexec)."),
  OTHER_USERS(
      "other-users",
      Assumed.NOTHING,
      "Users other than the one who mounted it may look at it (allow_other)."),
  SERVER_PID(
      "server-pid",
      Assumed.NOTHING,
      "The mount command stays and is the server, so its descriptors and memory can be watched."),
  OWN_DEVICE(
      "own-device",
      Assumed.TRUE,
      "The mount has a device number of its own. A bind mount has that of the filesystem below"
          + " it."),
  ANY_BYTE_NAMES(
      "any-byte-names",
      Assumed.TRUE,
      "Names may be any bytes but / and NUL. false: the target wants UTF-8 and says so."),
  EVERY_NAME(
      "every-name",
      Assumed.TRUE,
      "Names of 255 bytes and lost+found can be in it. false: the tool that packs it cannot take"
          + " them; fixtures leave them out."),
  LONG_LINKS(
      "long-links",
      Assumed.TRUE,
      "Links may lead to targets of up to 4,095 bytes. false: those of more than 1,023 bytes are"
          + " too long for it, as for xfs; fixtures leave them out."),
  LONG_PATHS(
      "long-paths",
      Assumed.NOTHING,
      "Nodes whose whole path has more than 4,096 bytes can be in it: what packs it goes down from"
          + " directory to directory, as no system call takes such a path. cp and mksquashfs do"
          + " not."),
  HUGE_DIRECTORIES(
      "huge-directories",
      Assumed.TRUE,
      "A directory may have 100,000 entries. Not declared: where the store behind the mount refuses"
          + " it for its size, what needs it is skipped."),
  LARGE_FILES(
      "large-files",
      Assumed.NOTHING,
      "A sparse file of more than 4 GiB can be packed and mounted within seconds and with little"
          + " memory."),
  CHUNKED_READS(
      "chunked-reads",
      Assumed.NOTHING,
      "A large blob is read by its chunks: one that cannot be read leaves the others readable."),
  DURABLE_STORE(
      "durable-store",
      Assumed.NOTHING,
      "What the store services have acknowledged is there again when they were killed and started"
          + " once more; they keep it in {work}."),
  PATH_INFOS(
      "path-infos",
      Assumed.NOTHING,
      "There is a PathInfoService. Not declared: where there is none, what needs one is skipped."),
  PATH_INFO_LIST(
      "path-info-list",
      Assumed.NOTHING,
      "PathInfoService has List. Not declared: where it ends in an error at once, it is skipped."),
  PUTS(
      "puts",
      Assumed.NOTHING,
      "The store services take what is put. Declared false: what needs a Put is skipped. Not"
          + " declared: services that take no Put at all cannot be judged."),
  SHARED_STORE(
      "shared-store",
      Assumed.TRUE,
      "The mount command may run again while it runs, over the same store. false: the store is in"
          + " the mount's own process, which locks it."),
  STORE_PACKAGE(
      "store-package",
      Assumed.NOTHING,
      "The package of the store services, and of the names of castore-xattrs: \"snix\" or \"tvix\"."
          + " Not declared: for a mount snix, elsewhere what answers.",
      "snix",
      "tvix"),
  DIRECTORY_SIZE(
      "directory-size",
      Assumed.NOTHING,
      "The rule for the size of a directory that has directories below it: \"snix\" (2N + sizes),"
          + " \"documented\" (N + sizes), or \"either\", where those of both rules are taken. Not"
          + " declared: behind a mount snix, elsewhere what is accepted.",
      "snix",
      "documented",
      "either");

  /// What a profile that does not name the feature says by that.
  private enum Assumed {
    TRUE,
    NOTHING
  }

  private final String key;
  private final Assumed assumed;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> words;

  Feature(String key, Assumed assumed, String meaning, String... words) {
    this.key = key;
    this.assumed = assumed;
    this.meaning = meaning;
    this.words = List.of(words);
  }

  /// The name in profiles and in [io.github.storeproof.conformance.subject.Needs].
  public String key() {
    return key;
  }

  /// What claiming it means, in a sentence.
  public String meaning() {
    return meaning;
  }

  /// Whether a profile that does not name it claims it.
  public boolean claimedByDefault() {
    return assumed == Assumed.TRUE;
  }

  /// The values it takes where it is not a boolean; empty for a boolean.
  public List<String> words() {
    return words;
  }

  /// All keys, for messages.
  static String keys() {
    return Arrays.stream(values()).map(Feature::key).collect(Collectors.joining(", "));
  }

  /// The feature of that key.
  public static Optional<Feature> find(String key) {
    return Arrays.stream(values()).filter(feature -> feature.key.equals(key)).findFirst();
  }
}
