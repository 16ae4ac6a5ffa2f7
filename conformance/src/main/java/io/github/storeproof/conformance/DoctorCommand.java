package io.github.storeproof.conformance;

import io.github.storeproof.conformance.subject.Privileges;
import io.github.storeproof.conformance.target.MountTable;
import io.github.storeproof.conformance.target.OuterCommand;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `storeproof doctor`: what this machine can test, and why not.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Tells what this machine can test and what it lacks, and names stale mounts.")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Path FUSE = Path.of("/dev/fuse");

  @Spec private @Nullable CommandSpec spec;

  /// A program that some check needs.
  private record Program(String name, String use, String debianPackage) {}

  private static final List<Program> PROGRAMS =
      List.of(
          new Program("fusermount3", "FUSE mounts without root", "fuse3"),
          new Program("python3", "repro.sh of a failure", "python3"),
          new Program("nix-store", "store paths compared with Nix", "nix-bin"),
          new Program("mksquashfs", "targets squashfs and squashfuse", "squashfs-tools"),
          new Program("squashfuse_ll", "target squashfuse", "squashfuse"),
          new Program("mkfs.erofs", "target erofs", "erofs-utils"),
          new Program("mvn", "building, and mvn verify -Pfuse", "maven"));

  @Override
  public Integer call() {
    PrintWriter out = Console.of(spec).out();
    boolean root = Privileges.isRoot();
    boolean fuse = Files.isReadable(FUSE) && Files.isWritable(FUSE);
    line(
        out,
        true,
        "kernel",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    line(
        out,
        Runtime.version().feature() >= 25,
        "JDK",
        Runtime.version() + " in " + System.getProperty("java.home"));
    line(out, fuse, "/dev/fuse", fuse ? "can be opened: FUSE targets" : fuseReason());
    line(
        out,
        root,
        "root",
        root
            ? "yes: kernel mounts, other users, dropping caches"
            : "no: rules that need it are skipped; FUSE targets need fusermount3");
    PROGRAMS.forEach(program -> program(out, program));
    staleMounts(out);
    boolean able = fuse && (root || has("fusermount3"));
    out.println(
        able
            ? "storeproof check can run here"
            : "storeproof check cannot mount the reference here");
    out.flush();
    return able ? 0 : Main.CANNOT;
  }

  private static void line(PrintWriter out, boolean good, String what, String text) {
    out.printf("%-4s %-14s %s%n", good ? "ok" : "no", what, text);
  }

  private static String fuseReason() {
    return Files.exists(FUSE)
        ? "may not be opened by this user: run as root, or chmod 666 it"
        : "is missing: load the module (modprobe fuse); in a container start it with --device"
            + " /dev/fuse --cap-add SYS_ADMIN";
  }

  private static void program(PrintWriter out, Program program) {
    boolean there = has(program.name());
    line(
        out,
        there,
        program.name(),
        program.use() + (there ? "" : ": apt-get install " + program.debianPackage()));
  }

  private static boolean has(String program) {
    return OuterCommand.run(LIMIT, "sh", "-c", "command -v " + program).ok();
  }

  /// A FUSE mount whose server has gone answers every look with ENOTCONN until somebody unmounts
  /// it.
  private static void staleMounts(PrintWriter out) {
    boolean found = false;
    for (MountTable.Entry mount : MountTable.read().entries()) {
      if (mount.isFuse()) {
        OuterCommand look = OuterCommand.run(LIMIT, "stat", "-f", "--", mount.point());
        if (look.output().contains("not connected")) {
          found = true;
          line(
              out,
              false,
              "stale mount",
              mount.point()
                  + " ("
                  + mount.type()
                  + "): its server has gone: umount -l "
                  + mount.point());
        } else if (look.timedOut()) {
          found = true;
          line(
              out,
              false,
              "hung mount",
              mount.point() + " (" + mount.type() + "): its server does not answer");
        }
      }
    }
    if (!found) {
      line(out, true, "mounts", "no stale FUSE mount");
    }
  }
}
