package io.github.storeproof.conformance.prober;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.conformance.prober.frame.ScriptCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void readsLikeC() {
    Script script =
        Script.of(s -> {
          Slot fd = s.open(new byte[] {'a', '/', (byte) 0xe9}, O_RDONLY | O_DIRECTORY);
          s.pread(fd, 4096, 7);
          s.parallel(2, 3, (t, _) -> t.read(fd, 1));
        });
    assertThat(script.toPseudoC())
        .isEqualTo(
            """
            r0 = openat(AT_FDCWD, root "/a/\\xe9", O_RDONLY|O_DIRECTORY, 0);
            r1 = pread64(r0, buf[4096], 4096, 7);
            r2 = parallel(2 threads, 3 rounds) {
              r0 = read(outer.r0, buf[1], 1);
            } {
              r0 = read(outer.r0, buf[1], 1);
            };
            """);
  }

  @Test
  void everyCallSurvivesJson() {
    Script script = BroadScript.script();
    assertThat(Script.fromJson(script.toJson())).isEqualTo(script);
  }

  @Test
  void numbersSurviveJsonToTheLastDigit() {
    Script script = Script.of(s -> s.pread(s.open("a", O_RDONLY), 1, Long.MAX_VALUE - 1));
    assertThat(Script.fromJson(script.toJson())).isEqualTo(script);
  }

  @Test
  void jsonThatIsNoScriptIsRefused() {
    for (String json :
        List.of(
            "",
            "{}",
            "[{}]",
            "[{\"call\":\"fork\"}]",
            "[{\"call\":\"syscall\",\"name\":\"reboot\",\"args\":[]}]")) {
      assertThatThrownBy(() -> Script.fromJson(json)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everyCallSurvivesTheWire() throws IOException {
    Script script = BroadScript.script();
    assertThat(ScriptCodec.decode(ScriptCodec.encode(script))).isEqualTo(script);
  }

  @Test
  void bytesThatAreNoScriptAreRefused() throws IOException {
    byte[] good = ScriptCodec.encode(BroadScript.script());
    for (int length = 0; length < good.length; length += 7) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> ScriptCodec.decode(cut))
          .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      byte[] flipped = good.clone();
      flipped[random.nextInt(good.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        ScriptCodec.decode(flipped);
      } catch (IOException | IllegalArgumentException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void aSlotOfAnotherScriptIsRefused() {
    Slot foreign = Script.builder().open("a", O_RDONLY);
    assertThatThrownBy(() -> Script.builder().close(foreign))
        .hasMessageContaining("belongs to another script");
  }

  @Test
  void aReferenceToALaterCallIsRefused() {
    Call close = new Call.Syscall("close", List.of(new Arg.Result(new Arg.Ref(0, 0))));
    assertThatThrownBy(() -> new Script(List.of(close)))
        .hasMessageContaining("want an earlier one");
    Script nested =
        new Script(List.of(new Call.Syscall("close", List.of(new Arg.Result(new Arg.Ref(0, 1))))));
    assertThatThrownBy(() -> new Script(List.of(new Call.OtherProcess(nested))))
        .hasMessageContaining("want an earlier one");
  }

  @Test
  void withoutDropsWhatDependsOnTheCall() {
    Script script =
        Script.of(s -> {
          Slot first = s.open("a", O_RDONLY);
          Slot second = s.open("b", O_RDONLY);
          s.read(first, 1);
          Slot copy = s.dup(first);
          s.read(copy, 2);
          s.read(second, 3);
          s.parallel(
              1,
              1,
              (t, _) -> {
                t.read(first, 4);
                Slot own = t.dup(second);
                t.read(own, 5);
              });
        });
    Script expected =
        Script.of(s -> {
          Slot second = s.open("b", O_RDONLY);
          s.read(second, 3);
          s.parallel(
              1,
              1,
              (t, _) -> {
                Slot own = t.dup(second);
                t.read(own, 5);
              });
        });
    assertThat(script.without(0)).isEqualTo(expected);
  }

  @Test
  void simplificationsAreSmallerAndReachTheEmptyScript() {
    for (Script at = BroadScript.script(); at.weight() > 0; ) {
      int weight = at.weight();
      assertThat(at.simplifications().limit(20))
          .allSatisfy(simpler -> assertThat(simpler.weight()).isLessThan(weight));
      at = at.simplifications().skip(1 + weight % 3).findFirst().orElse(Script.builder().build());
    }
  }

  @Test
  void simplificationsReachNestedScripts() {
    Script script = Script.of(s -> s.parallel(2, 4, (t, _) -> t.lstat("a")));
    assertThat(script.simplifications())
        .contains(
            Script.builder().build(),
            Script.of(s -> s.parallel(1, 4, (t, _) -> t.lstat("a"))),
            Script.of(s -> s.parallel(2, 2, (t, _) -> t.lstat("a"))),
            Script.of(s ->
                s.parallel(
                    2,
                    4,
                    (t, number) -> {
                      if (number == 0) {
                        t.lstat("a");
                      }
                    })));
  }

  @Test
  void shrinksToTheCallsThatMatter() {
    Script script = BroadScript.script();
    Call wanted = new Call.Syscall("getcwd", List.of(new Arg.Out(4096, true), Arg.num(4096)));
    for (Script at = script; ; ) {
      var next = at.simplifications().filter(one -> one.calls().contains(wanted)).findFirst();
      if (next.isEmpty()) {
        assertThat(at.calls()).containsExactly(wanted);
        return;
      }
      at = next.get();
    }
  }
}
