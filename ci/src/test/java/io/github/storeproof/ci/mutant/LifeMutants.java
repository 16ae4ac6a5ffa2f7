package io.github.storeproof.ci.mutant;

import java.util.List;

/// Mounts that come, stay or go as they should not: the right reference, started by a shell in some wrong way.
final class LifeMutants {
  static final List<Mutant> ALL =
      List.of(
          shell("TheServerEndsWith3", "LIF-1", "exit 3", "{server}; exit 3"),
          shell("TheServerStaysAfterTheUnmount", "LIF-1", "still run", "{server}; exec sleep 1000"),
          shell("AProcessIsLeftBehind", "LIF-1", "still run", "sleep 1000 & exec {server}"),
          new Mutant(
              "TheUnmountCommandFails",
              "LIF-1",
              "busy",
              new Mutant.Command(
                  "mount --bind {tree} {mount} && mount -o remount,ro,bind {mount}"
                      + " && cd {mount} && { sleep 1000 & }",
                  "list-root = true\nown-device = false\n")),
          shell("SigtermIsIgnored", "LIF-2", "still run", "trap '' TERM; exec {server}"),
          shell(
              "SigtermLeavesTheMount",
              "LIF-2",
              "still mounted",
              """
              (trap '' TERM; exec {server}) & child=$!
              trap 'kill -9 $child; exit 0' TERM
              while kill -0 $child; do wait $child; done\
              """),
          shell(
              "SigtermLeavesAMountInUse",
              "LIF-2/a-server-that-is-asked-to-end-unmounts-also-while-a-file-is-open",
              "still mounted",
              """
              (trap '' TERM; exec {server}) & child=$!
              trap 'umount {mount}; kill -9 $child; exit 0' TERM
              while kill -0 $child; do wait $child; done\
              """),
          shell(
              "AnotherProcessKeepsTheMountAlive",
              "LIF-2",
              "ENOTCONN or ECONNABORTED",
              "(setsid {server} &); exec sleep 1000"),
          shell(
              "OnlyOneMayMount",
              "LIF-3",
              "already in use",
              "mkdir {work}/lock || { echo already in use; exit 1; }; {server}; rmdir {work}/lock"),
          shell(
              "TheEndOfOneMountEndsTheOthers",
              "LIF-3",
              "EBADF",
              "echo $$ >>{work}/servers; {server}; for group in $(grep -v \"^$$\" {work}/servers); do"
                  + " kill -9 -$group; done"),
          shell(
              "AFileAsMountPointIsIgnored",
              "LIF-4",
              "exit 0, nothing mounted",
              "[ ! -f {mount} ] || exit 0; exec {server}"),
          shell(
              "AMissingMountPointIsIgnored",
              "LIF-4",
              "exit 0, nothing mounted",
              "[ -e {mount} ] || { echo no mount point; exit 0; }; exec {server}"),
          shell(
              "AMissingMountPointIsNotExplained",
              "LIF-4",
              "no message",
              "[ -e {mount} ] || exit 1; exec {server}"),
          shell(
              "AMissingMountPointIsWaitedFor",
              "LIF-4",
              "still runs",
              "while [ ! -e {mount} ]; do sleep 0.1; done; exec {server}"),
          shell(
              "AMountOnAFileIsLeft",
              "LIF-4",
              "something mounted",
              "[ ! -f {mount} ] || { mount --bind {mount} {mount}; echo no directory; exit 1; };"
                  + " exec {server}"),
          shell(
              "AStaleSocketIsNotExplained",
              "LIF-4",
              "no message",
              "[ ! -S {socket} ] || exit 1; exec {server}"),
          shell(
              "AStaleSocketIsIgnored",
              "LIF-4",
              "exit 0, nothing mounted",
              "[ ! -S {socket} ] || { echo in use; exit 0; }; exec {server}"),
          shell(
              "AStaleSocketIsWaitedFor",
              "LIF-4",
              "still runs",
              "while [ -S {socket} ]; do sleep 0.1; done; exec {server}"));

  private LifeMutants() {}

  private static Mutant shell(String name, String rule, String message, String command) {
    return new Mutant(name, rule, message, new Mutant.Shell(command));
  }
}
