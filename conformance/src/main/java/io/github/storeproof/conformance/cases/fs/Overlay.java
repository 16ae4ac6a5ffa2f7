package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.CLONE_NEWNS;
import static io.github.storeproof.conformance.prober.Linux.MS_BIND;
import static io.github.storeproof.conformance.prober.Linux.MS_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.MS_REC;
import static io.github.storeproof.conformance.prober.Linux.OVERLAYFS_SUPER_MAGIC;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.StatFs;
import io.github.storeproof.conformance.subject.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// An overlayfs with the target as its lower layer and memory as its upper one, in a mount namespace of one thread: what is
/// mounted there ends with the thread. *Confined.*
///
/// ```
/// /sys         tmpfs, the working directory
/// /sys/lower   the target's root, bound
/// /sys/upper   what is changed
/// /sys/work    overlayfs's own
/// /sys/merged  the overlayfs
/// ```
final class Overlay {
  private static final String PLACE = "/sys";
  private static final String LAYERS = "lowerdir=lower,upperdir=upper,workdir=work";
  private static final int PERMISSIONS = 0755;

  private final Script.Builder calls;
  private final List<Look> looks = new ArrayList<>();

  private record Look(String at, Trial trial) {}

  private Overlay(Script.Builder calls) {
    this.calls = calls;
  }

  /// Adds an overlay to a trial, and what is done on it.
  static void over(Trial trial, Consumer<Overlay> code) {
    List<Look> looks = new ArrayList<>();
    Slot thread =
        trial
            .calls()
            .onThread(calls -> {
              Overlay overlay = new Overlay(calls);
              stack(overlay.at("the mount of the overlay"), true);
              code.accept(overlay);
              looks.addAll(overlay.looks);
            });
    trial.want(
        "an overlay with the target below it that shows what the target has and what is changed on top",
        List.of(thread),
        observed -> firstDeviation(looks, observed.getFirst()));
  }

  private static Optional<String> firstDeviation(List<Look> looks, Observation thread) {
    if (!thread.ok()) {
      return Optional.of(Allowed.outcome(thread));
    }
    Observations inside = thread.inner();
    return looks.stream()
        .flatMap(
            look -> look.trial.firstDeviation(inside).map(seen -> look.at + ": " + seen).stream())
        .findFirst();
  }

  /// A trial of calls inside the overlay; a failure names what it is about.
  Trial at(String what) {
    Trial trial = Trial.within(calls);
    looks.add(new Look(what, trial));
    return trial;
  }

  /// The path in the overlay of something below the target's root.
  static Arg path(byte[] below) {
    byte[] prefix = "merged/".getBytes(StandardCharsets.US_ASCII);
    byte[] path = Arrays.copyOf(prefix, prefix.length + below.length);
    System.arraycopy(below, 0, path, prefix.length, below.length);
    return Arg.raw(path);
  }

  /// Mounts the overlay; without the target, over an empty directory of the tmpfs.
  private static void stack(Trial trial, boolean overTarget) {
    Script.Builder calls = trial.calls();
    trial.want(calls.unshare(CLONE_NEWNS), Allowed.success());
    trial.want(calls.mount(Arg.raw("none"), "/", "", MS_REC | MS_PRIVATE, ""), Allowed.success());
    trial.want(calls.mount(Arg.raw("tmpfs"), PLACE, "tmpfs", 0, "mode=0755"), Allowed.success());
    trial.want(calls.chdir(Arg.raw(PLACE)), Allowed.success());
    for (String name : List.of("lower", "upper", "work", "merged")) {
      trial.want(calls.mkdir(Arg.raw(name), PERMISSIONS), Allowed.success());
    }
    if (overTarget) {
      trial.want(calls.mount(Arg.path(""), "lower", "", MS_BIND, ""), Allowed.success());
    }
    trial.want(calls.mount(Arg.raw("overlay"), "merged", "overlay", 0, LAYERS), Allowed.success());
  }

  /// Skips the case where overlays cannot be mounted at all, or not on a target that is itself a stack.
  static void require(Subject subject) {
    failure(subject, false)
        .ifPresent(seen -> subject.skip("no overlayfs can be mounted over tmpfs here: " + seen));
    if (isStack(subject)) {
      failure(subject, true)
          .filter(seen -> seen.startsWith(Errno.EINVAL.name()))
          .ifPresent(seen ->
              subject.skip("the target is an overlayfs, as deep as the kernel stacks them"));
    }
  }

  private static Optional<String> failure(Subject subject, boolean overTarget) {
    Script.Builder builder = Script.builder();
    List<Trial> trials = new ArrayList<>();
    Slot thread =
        builder.onThread(calls -> {
          Trial trial = Trial.within(calls);
          stack(trial, overTarget);
          trials.add(trial);
        });
    Observation seen = subject.run(builder.build()).at(thread);
    return trials.getFirst().firstDeviation(seen.inner());
  }

  private static boolean isStack(Subject subject) {
    Script.Builder builder = Script.builder();
    Slot statfs = builder.statfs("");
    Observation seen = subject.run(builder.build()).at(statfs);
    return seen.ok() && StatFs.decode(seen.bytes()).type() == OVERLAYFS_SUPER_MAGIC;
  }
}
