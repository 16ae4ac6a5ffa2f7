package io.github.storeproof.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static Observations all(Script script, Errno errno) {
    List<Observation> observed = new ArrayList<>();
    for (Call call : script.calls()) {
      long result = errno.equals(Errno.NONE) ? 5 : -1;
      observed.add(new Observation(call, result, errno, List.of(), 0, List.of()));
    }
    return new Observations(Machine.X86_64, observed);
  }

  private static Trial reading() {
    Trial trial = new Trial();
    trial.calls().sleep(1);
    Slot file = trial.calls().open("file", Linux.O_RDONLY);
    trial.want(trial.calls().read(file, 5), Allowed.success());
    return trial;
  }

  @Test
  void whatIsAlwaysWrongIsShownByTheCallsThatItTakes() {
    Mismatch mismatch = reading().firstMismatch(script -> all(script, Errno.EIO)).orElseThrow();

    assertThat(mismatch.script().orElseThrow().calls()).hasSize(2);
    assertThat(mismatch.toString()).contains("EIO", "before it: r0 is EIO");
    assertThat(mismatch.hint()).isEmpty();
  }

  @Test
  void whatIsWrongOnceIsSaidToBeSoWithTheWholeScript() {
    List<Script> runs = new ArrayList<>();
    Mismatch mismatch =
        reading()
            .firstMismatch(script -> {
              runs.add(script);
              return all(script, runs.size() == 1 ? Errno.EIO : Errno.NONE);
            })
            .orElseThrow();

    assertThat(mismatch.script().orElseThrow().calls()).hasSize(3);
    assertThat(mismatch.toString()).contains("EIO", "before it: r1 is EIO");
    assertThat(mismatch.hint().orElseThrow()).contains("were right when the script was run again");
  }

  @Test
  void whatIsWrongOnlyWithColdCachesIsShownWithTheCallThatDropsThem() {
    List<Script> runs = new ArrayList<>();
    Mismatch mismatch =
        reading()
            .firstMismatch(script -> {
              runs.add(script);
              boolean cold = script.calls().getFirst() instanceof Call.DropCaches;
              return all(script, cold || runs.size() == 1 ? Errno.EIO : Errno.NONE);
            })
            .orElseThrow();

    assertThat(mismatch.script().orElseThrow().toPseudoC().lines())
        .satisfiesExactly(
            drop -> assertThat(drop).contains("drop_caches"),
            open -> assertThat(open).contains("r1 = openat"),
            read -> assertThat(read).contains("read(r1"));
    assertThat(mismatch.toString()).contains("EIO", "before it: r1 is EIO");
    assertThat(mismatch.hint()).isEmpty();
  }
}
