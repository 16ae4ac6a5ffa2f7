package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.ENOTTY;
import static io.github.storeproof.conformance.prober.Linux.FIONREAD;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;
import static io.github.storeproof.conformance.prober.Linux.TCGETS;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// ioctl: what files do not know, they refuse in the one way that programs expect.
public final class IoctlCases {
  private static final int TERMIOS_BYTES = 64;
  private static final int SAMPLE = 100;
  private static final int[] UNKNOWN = {0x5a5a, 0xc008_7a01, 0x8008_7a02};

  @Checks("IOC-1")
  void noFileIsATerminal(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, SAMPLE)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      trial.want(trial.calls().ioctl(fd, TCGETS, TERMIOS_BYTES), Allowed.errno(ENOTTY));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("IOC-1")
  void requestsThatNobodyKnowsAreRefused(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      if (!(entry.tree() instanceof Tree.Link)) {
        Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
        for (int request : UNKNOWN) {
          trial.want(trial.calls().ioctl(fd, request, 8), Allowed.errno(ENOTTY));
        }
        trial.calls().close(fd);
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("IOC-1")
  void whatIsLeftToReadIsTold(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Nodes.sampleOfFiles(subject, SAMPLE)) {
      long size = Files.content(file).size();
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      for (long position : new long[] {0, size / 2, size}) {
        trial.calls().lseek(fd, position, SEEK_SET);
        long left = size - position;
        trial.want(
            trial.calls().ioctl(fd, FIONREAD, Integer.BYTES),
            new Allowed(
                left + " bytes left",
                o -> o.ok() && number(o) == left,
                o -> o.ok() ? number(o) + " bytes left" : Allowed.outcome(o)));
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  private static int number(Observation observation) {
    return ByteBuffer.wrap(observation.bytes()).order(ByteOrder.nativeOrder()).getInt();
  }
}
