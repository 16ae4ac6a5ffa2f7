package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EACCES;
import static io.github.storeproof.conformance.prober.Errno.ENOENT;
import static io.github.storeproof.conformance.prober.Errno.ENOEXEC;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Standard;
import io.github.storeproof.fixtures.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Starting programs from the mount.
@Needs("exec")
public final class ExecCases {
  private static final String GREETING = "storeproof\n";
  private static final int PROGRAM_STATUS = 42;
  private static final int SCRIPT_STATUS = 7;
  private static final int SAMPLE = 120;

  @Checks("EXE-1")
  void programsRun(Subject subject) {
    Trial trial = new Trial();
    for (String name : List.of("hello", "hello-paged", "hello-link")) {
      wantRun(trial, program(subject, name + suffix()), PROGRAM_STATUS, GREETING);
    }
    Trials.run(subject, trial);
  }

  @Checks("EXE-1")
  void scriptsRun(Subject subject) {
    Trial trial = new Trial();
    for (String name : List.of("script", "script-link")) {
      byte[] path = program(subject, name);
      String shown = path(subject, path);
      wantRun(trial, path, SCRIPT_STATUS, "script " + shown + " \n");
    }
    Trials.run(subject, trial);
  }

  @Checks("EXE-1")
  @NeedsRoot
  @Needs("other-users")
  void anotherUserStartsPrograms(Subject subject) {
    Trial trial = new Trial();
    byte[] program = program(subject, "hello" + suffix());
    byte[] script = program(subject, "script");
    trial.calls().dropCaches();
    OtherUserCases.wantByAnotherUser(
        trial,
        "a program and a script",
        inside -> {
          wantRun(inside, program, PROGRAM_STATUS, GREETING);
          wantRun(inside, script, SCRIPT_STATUS, "script " + path(subject, script) + " \n");
        });
    Trials.run(subject, trial);
  }

  @Checks("EXE-1")
  void plainFilesDoNotRunForRootEither(Subject subject) {
    Trial trial = new Trial();
    for (String name : List.of("hello-plain" + suffix(), "script-plain", "directory")) {
      trial.want(spawn(trial, program(subject, name)), Allowed.errno(EACCES));
    }
    Trials.run(subject, trial);
  }

  @Checks("EXE-1")
  void noPlainFileOfTheTreeRuns(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.sampleOfFiles(subject, SAMPLE)) {
      if (entry.tree() instanceof Tree.File(_, boolean x) && !x) {
        trial.want(spawn(trial, entry.pathBytes()), Allowed.errno(EACCES));
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("EXE-1")
  void whatIsNoProgramIsToldApart(Subject subject) {
    Trial trial = new Trial();
    trial.want(spawn(trial, program(subject, "script-without-interpreter")), Allowed.errno(ENOENT));
    trial.want(spawn(trial, program(subject, "not-a-program")), Allowed.errno(ENOEXEC));
    trial.want(spawn(trial, program(subject, "empty")), Allowed.errno(ENOEXEC));
    trial.want(spawn(trial, program(subject, "not-there")), Allowed.errno(ENOENT));
    Trials.run(subject, trial);
  }

  @Checks("EXE-2")
  void aProgramSeesItsOwnPath(Subject subject) {
    Trial trial = new Trial();
    byte[] path = program(subject, "own-path" + suffix());
    wantRun(trial, path, PROGRAM_STATUS, path(subject, path));
    Trials.run(subject, trial);
  }

  @Checks("EXE-2")
  @NeedsAnyFixture
  void theLoaderAndLibrariesOfTheMountStartAProgram(Subject subject) {
    Optional<Fixture> fixture = dynamicProgram();
    if (fixture.isEmpty()) {
      subject.skip(
          "this machine has no /bin/echo with a loader and libc.so.6 where glibc puts them");
      return;
    }
    Fixture dynamic = fixture.get();
    LiveMount mount = subject.fresh(dynamic);
    Trial trial = new Trial();
    Arg loader = Arg.path(dynamic.path("dynamic", "lib", "loader"));
    Slot run =
        trial
            .calls()
            .spawn(
                loader,
                List.of(
                    loader,
                    Arg.raw("--library-path"),
                    Arg.path(dynamic.path("dynamic", "lib")),
                    Arg.path(dynamic.path("dynamic", "bin", "echo")),
                    Arg.raw("storeproof")),
                List.of());
    trial.want(run, ran(0, GREETING));
    trial.run(script -> subject.run(mount, script));
  }

  /// ```
  /// dynamic/
  ///   bin/echo      /bin/echo of this machine
  ///   lib/loader    its dynamic loader
  ///   lib/libc.so.6
  /// ```
  private static Optional<Fixture> dynamicProgram() {
    boolean x86 = Machine.current() == Machine.X86_64;
    Path loader = Path.of(x86 ? "/lib64/ld-linux-x86-64.so.2" : "/lib/ld-linux-aarch64.so.1");
    Path libraries = Path.of(x86 ? "/lib/x86_64-linux-gnu" : "/lib/aarch64-linux-gnu");
    try {
      Tree bin = Tree.dir().executable("echo", contentOf(Path.of("/bin/echo"))).build();
      Tree lib =
          Tree.dir()
              .executable("loader", contentOf(loader))
              .executable("libc.so.6", contentOf(libraries.resolve("libc.so.6")))
              .build();
      return Optional.of(
          Fixture.of(
              "dynamic-program", "dynamic", Tree.dir().add("bin", bin).add("lib", lib).build()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Content contentOf(Path file) throws IOException {
    return Content.ofBytes(Files.readAllBytes(file));
  }

  private static void wantRun(Trial trial, byte[] path, int status, String output) {
    trial.want(spawn(trial, path), ran(status, output));
  }

  private static Allowed ran(int status, String output) {
    byte[] bytes = output.getBytes(StandardCharsets.ISO_8859_1);
    return new Allowed(
        "exit code " + status + " and the output \"" + output.strip() + '"',
        o ->
            o.ok()
                && o.exit().code().equals(OptionalInt.of(status))
                && Arrays.equals(o.exit().stdout().toArray(), bytes),
        ExecCases::shown);
  }

  private static String shown(Observation o) {
    return o.ok() ? o.exit().toString() : "execve failed with " + o.errno();
  }

  private static Slot spawn(Trial trial, byte[] path) {
    return trial.calls().spawn(Arg.path(path), List.of(Arg.path(path)), List.of());
  }

  private static byte[] program(Subject subject, String name) {
    boolean there =
        subject.fixture().roots().keySet().stream()
            .anyMatch(root -> root.name().equals(Standard.EXECUTABLES));
    if (!there) {
      subject.skip("the fixture has no programs that the kit knows");
    }
    return subject.fixture().path(Standard.EXECUTABLES, name);
  }

  private static String path(Subject subject, byte[] relative) {
    return new String(subject.mount().root(), StandardCharsets.ISO_8859_1)
        + "/"
        + new String(relative, StandardCharsets.ISO_8859_1);
  }

  private static String suffix() {
    return "-" + Machine.current().name().toLowerCase(Locale.ROOT);
  }
}
