package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.conformance.target.TargetProfile.Kind;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import io.github.storeproof.conformance.target.TargetProfile.Ready;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileReaderTest {
  /// The profile of the design document, with every key.
  private static final String WHOLE =
      """
      name = "squashfuse"
      kind = "mount"
      [populate]
      method = "command"
      command = "mksquashfs {tree} {work}/image -noappend -quiet"
      refresh = "kill -HUP {pid}"
      [mount]
      command = "squashfuse_ll -f {work}/image {mount}"
      foreground = true
      unmount = "umount {mount}"
      root = "{mount}/store"
      [services.second]
      command = "sleep 1"
      ready = "port:8080"
      [services.daemon]
      command = "snix-store daemon -l {work}/sock"
      ready = "socket:{work}/sock"
      [features]
      list-root = true
      exec = false
      directory-size = "snix"
      [known-failures]
      "INO-4" = "nlink is 0, link"
      "DIR-*/big-*" = "slow"
      [nar]
      command = "store import-nars {nar} && store dump-nars {out}"
      """;

  @Test
  void aWholeProfileIsRead() throws TargetException {
    TargetProfile profile = ProfileReader.parse("x.toml", WHOLE);
    assertThat(profile.name()).isEqualTo("squashfuse");
    assertThat(profile.kind()).isEqualTo(Kind.MOUNT);
    assertThat(profile.populate())
        .isEqualTo(
            new Populate.Command(
                Optional.of("mksquashfs {tree} {work}/image -noappend -quiet"),
                Optional.of("kill -HUP {pid}")));
    assertThat(profile.mount().orElseThrow().root()).isEqualTo("{mount}/store");
    assertThat(profile.narCommand()).hasValue("store import-nars {nar} && store dump-nars {out}");
    assertThat(profile.services())
        .extracting(TargetProfile.Service::name)
        .containsExactly("second", "daemon");
    assertThat(profile.services())
        .extracting(TargetProfile.Service::ready)
        .containsExactly(new Ready.Port(8080), new Ready.Socket("{work}/sock"));
    assertThat(profile.features().claims(Feature.LIST_ROOT)).isTrue();
    assertThat(profile.features().denies(Feature.EXEC)).isTrue();
    assertThat(profile.features().value(Feature.DIRECTORY_SIZE)).contains("snix");
    assertThat(profile.knownFailures()).containsEntry("INO-4", "nlink is 0, link").hasSize(2);
  }

  @Test
  void whatIsLeftOutHasADefault() throws TargetException {
    TargetProfile profile =
        ProfileReader.parse(
            "x.toml",
            "name = \"a\"\n"
                + "kind = \"mount\"\n"
                + "[populate]\n"
                + "method = \"none\"\n"
                + "[mount]\n"
                + "command = \"x {mount}\"\n");
    assertThat(profile.mount().orElseThrow())
        .isEqualTo(
            new TargetProfile.MountCommand(
                "x {mount}", true, ProfileReader.DEFAULT_UNMOUNT, "{mount}"));
    assertThat(profile.features().claims(Feature.EXEC)).isTrue();
    assertThat(profile.features().claims(Feature.LIST_ROOT)).isFalse();
    assertThat(profile.features().denies(Feature.LIST_ROOT)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.github.storeproof.conformance.target.Targets#bundled")
  void everyBundledProfileIsRead(String name) throws TargetException {
    assertThat(Targets.profile(name).name()).isEqualTo(name);
  }

  @Test
  void anUnknownKeyIsNamedWithItsLine() {
    refused(
        "foreground = true",
        "foregruond = true",
        "x.toml:9: unknown key 'foregruond'; known: command, foreground");
    refused("kind = \"mount\"", "kind = \"mount\"\ncolour = 1", "x.toml:3: unknown key 'colour'");
    refused(
        "ready = \"port:8080\"", "reddy = 1\nready = \"port:1\"", "x.toml:14: unknown key 'reddy'");
  }

  @Test
  void anUnknownFeatureIsNamedWithItsLineAndTheKnownOnes() {
    refused(
        "exec = false",
        "exce = false",
        "x.toml:20: unknown feature 'exce'; known: list-root, nix-modes");
  }

  @Test
  void anUnknownPlaceholderIsNamed() {
    refused(
        "-f {work}/image",
        "-f {wrok}/image",
        "x.toml:8: unknown placeholder {wrok}; known: {tree}, {work}");
  }

  @Test
  void valuesOfAnotherKindAreRefused() {
    refused("name = \"squashfuse\"", "name = 5", "x.toml:1: 'name' is a number, want a text");
    refused("name = \"squashfuse\"", "name = \"a/b\"", "x.toml:1: name is 'a/b', want letters");
    refused(
        "kind = \"mount\"",
        "kind = \"disk\"",
        "x.toml:2: kind is \"disk\", want \"mount\" or \"grpc\"");
    refused(
        "foreground = true",
        "foreground = \"yes\"",
        "x.toml:9: 'foreground' is a text, want true or false");
    refused(
        "list-root = true",
        "list-root = 1",
        "x.toml:19: 'list-root' is a number, want true or false");
    refused(
        "\"snix\"",
        "\"other\"",
        "x.toml:21: directory-size is \"other\", want one of snix, documented, either");
    refused("port:8080", "port:99999", "x.toml:14: port is '99999', want a number up to 65535");
    refused("port:8080", "fd:3", "x.toml:14: ready is \"fd:3\", want socket:PATH");
    refused("\"slow\"", "\" \"", "x.toml:24: known failure 'DIR-*/big-*' has no reason");
  }

  @Test
  void aRootThatIsNotOnTheMountIsRefused() {
    refused(
        "{mount}/store",
        "{tree}",
        "x.toml:11: root is \"{tree}\", want {mount} or a directory below it");
    refused("{mount}/store", "{mount}s", "x.toml:11: root is \"{mount}s\"");
  }

  @Test
  void whatIsMissingIsNamed() {
    refused("name = \"squashfuse\"", "", "x.toml: key 'name' is missing");
    refused("method = \"command\"", "", "x.toml: key 'method' is missing");
    refused(
        "ready = \"port:8080\"",
        "",
        "the service has no 'ready', and there is no populate address to ask");
  }

  @Test
  void keysOfAnotherMethodAreRefused() {
    refused(
        "method = \"command\"",
        "method = \"none\"",
        "x.toml:5: 'command' belongs to method \"command\"");
    refused("method = \"command\"", "method = \"copy\"", "x.toml:4: method is \"copy\", want");
  }

  @Test
  void aTextThatIsNoTomlIsRefusedWithItsLine() {
    refused("kind = \"mount\"", "kind = ", "x.toml:2: ");
  }

  private static void refused(String original, String replacement, String message) {
    assertThat(WHOLE).contains(original);
    assertThatThrownBy(() ->
            ProfileReader.parse(
                "x.toml",
                WHOLE.replaceFirst(
                    java.util.regex.Pattern.quote(original),
                    java.util.regex.Matcher.quoteReplacement(replacement))))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining(message);
  }
}
