package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EACCES;
import static io.github.storeproof.conformance.prober.Errno.EBADF;
import static io.github.storeproof.conformance.prober.Errno.EISDIR;
import static io.github.storeproof.conformance.prober.Errno.ELOOP;
import static io.github.storeproof.conformance.prober.Errno.ENOENT;
import static io.github.storeproof.conformance.prober.Errno.ENOTDIR;
import static io.github.storeproof.conformance.prober.Errno.EPERM;
import static io.github.storeproof.conformance.prober.Linux.O_APPEND;
import static io.github.storeproof.conformance.prober.Linux.O_CLOEXEC;
import static io.github.storeproof.conformance.prober.Linux.O_CREAT;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_DSYNC;
import static io.github.storeproof.conformance.prober.Linux.O_LARGEFILE;
import static io.github.storeproof.conformance.prober.Linux.O_NOATIME;
import static io.github.storeproof.conformance.prober.Linux.O_NOCTTY;
import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_NONBLOCK;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_SYNC;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// open with its flags, on every kind of node.
public final class OpenCases {
  private static final byte[] SLASH = {'/'};
  private static final byte[] DOT = {'/', '.'};
  private static final byte[] BELOW = "/below".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 64;
  private static final int READERS = 60;

  /// Flags that change how a file is written, waited for or named: nothing for who reads it.
  private static final int[] READING = {
    O_APPEND, O_SYNC, O_DSYNC, O_NONBLOCK, O_NOCTTY, O_LARGEFILE, O_CLOEXEC, O_APPEND | O_SYNC
  };

  @Checks("OPN-1")
  void directoryFlagRefusesWhatIsNoDirectory(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) -> {
          Allowed allowed =
              switch (entry.tree()) {
                case Tree.Dir _ -> Allowed.success();
                case Tree.File _ -> Allowed.errno(ENOTDIR);
                case Tree.Link _ -> Allowed.errno(ENOTDIR, ELOOP);
              };
          wantOpen(trial, entry.pathBytes(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, allowed);
        });
  }

  @Checks("OPN-1")
  void noFollowRefusesLinks(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) -> {
          boolean link = entry.tree() instanceof Tree.Link;
          wantOpen(
              trial,
              entry.pathBytes(),
              O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
              link ? Allowed.errno(ELOOP) : Allowed.success());
        });
  }

  @Checks("OPN-1")
  void pathDescriptorsOpenEverythingAndReadNothing(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_PATH | O_NOFOLLOW);
          trial.want(fd, Allowed.success());
          trial.want(trial.calls().fstat(fd), Allowed.success());
          trial.want(trial.calls().read(fd, 1), Allowed.errno(EBADF));
          if (entry.tree() instanceof Tree.Link(var target)) {
            trial.want(
                trial.calls().readlinkat(fd, Arg.raw(""), 4096), Allowed.bytes(target.toBytes()));
          }
          trial.calls().close(fd);
        });
  }

  @Checks("OPN-1")
  void aTrailingSlashWantsADirectory(Subject subject) {
    Everywhere.look(
        subject,
        entry -> !(entry.tree() instanceof Tree.Link),
        (trial, entry) -> {
          Allowed allowed =
              entry.tree() instanceof Tree.Dir ? Allowed.success() : Allowed.errno(ENOTDIR);
          wantOpen(trial, concat(entry.pathBytes(), SLASH), O_RDONLY, allowed);
          trial.want(trial.calls().lstat(concat(entry.pathBytes(), SLASH)), allowed);
          trial.want(trial.calls().lstat(concat(entry.pathBytes(), DOT)), allowed);
        });
  }

  @Checks("OPN-1")
  void nothingIsBelowAFile(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.File,
        (trial, entry) -> {
          trial.want(trial.calls().lstat(concat(entry.pathBytes(), BELOW)), Allowed.errno(ENOTDIR));
          wantOpen(trial, concat(entry.pathBytes(), BELOW), O_RDONLY, Allowed.errno(ENOTDIR));
        });
  }

  @Checks("OPN-1")
  void readingADirectoryIsEisdir(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Dir,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          trial.want(trial.calls().read(fd, HEAD), Allowed.errno(EISDIR));
          trial.want(trial.calls().pread(fd, HEAD, 0), Allowed.errno(EISDIR));
          trial.calls().close(fd);
        });
  }

  @Checks("OPN-1")
  void whatIsNotThereIsEnoent(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Dir,
        (trial, entry) -> {
          byte[] absent =
              concat(entry.pathBytes(), "/storeproof-absent".getBytes(StandardCharsets.US_ASCII));
          wantOpen(trial, absent, O_RDONLY, Allowed.errno(ENOENT));
          trial.want(trial.calls().lstat(absent), Allowed.errno(ENOENT));
          wantOpen(trial, absent, O_PATH, Allowed.errno(ENOENT));
        });
  }

  @Checks("OPN-2")
  void creatWithoutExclOpensWhatIsThere(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.File,
        (trial, entry) -> {
          Content content = Files.content(entry);
          Slot fd = trial.calls().open(Arg.path(entry.pathBytes()), O_RDONLY | O_CREAT, 0644);
          trial.want(fd, Allowed.success());
          trial.want(trial.calls().pread(fd, HEAD, 0), Allowed.bytes(content.slice(0, HEAD)));
          trial.calls().close(fd);
        });
  }

  @Checks("OPN-2")
  void creatOnADirectoryIsEisdir(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Dir,
        (trial, entry) ->
            trial.want(
                trial.calls().open(Arg.path(entry.pathBytes()), O_RDONLY | O_CREAT, 0644),
                Allowed.errno(EISDIR)));
  }

  @Checks("OPN-2")
  void noAtimeOpensOrIsEperm(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.File,
        (trial, entry) ->
            wantOpen(
                trial,
                entry.pathBytes(),
                O_RDONLY | O_NOATIME,
                Allowed.success().or(Allowed.errno(EPERM, EACCES))));
  }

  @Checks("OPN-2")
  void flagsThatAskForNoWritingOpenForReading(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, READERS)) {
      for (int flags : READING) {
        Slot fd = trial.want(trial.calls().open(entry.pathBytes(), flags), Allowed.success());
        if (entry.tree() instanceof Tree.File(var content, _)) {
          trial.want(trial.calls().pread(fd, HEAD, 0), Allowed.bytes(content.slice(0, HEAD)));
        }
        trial.calls().close(fd);
      }
    }
    Trials.run(subject, trial);
  }

  private static void wantOpen(Trial trial, byte[] path, int flags, Allowed allowed) {
    Slot fd = trial.want(trial.calls().open(path, flags), allowed);
    trial.calls().close(fd);
  }

  private static byte[] concat(byte[] path, byte[] suffix) {
    byte[] joined = Arrays.copyOf(path, path.length + suffix.length);
    System.arraycopy(suffix, 0, joined, path.length, suffix.length);
    return joined;
  }
}
