package io.github.storeproof.conformance.prober;

import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.prober.wire.StatFs;
import io.github.storeproof.conformance.prober.wire.Statx;
import java.util.ArrayList;
import java.util.List;

/// What each call of a [Script] did, in its order. Immutable.
///
/// The decoding methods throw [IllegalStateException] when the call had failed: ask [Observation#ok] or the errno first.
///
/// @param machine where the calls were made; it decides the layout of structures
/// @param calls one for each call
public record Observations(Machine machine, List<Observation> calls) {
  /// Copies the list.
  public Observations {
    calls = List.copyOf(calls);
  }

  /// Returns the observation of a call.
  public Observation at(Slot slot) {
    return calls.get(slot.index());
  }

  /// Returns the observation of a call by its position.
  public Observation at(int index) {
    return calls.get(index);
  }

  /// Returns a call's result.
  public long result(Slot slot) {
    return at(slot).result();
  }

  /// Returns a call's errno.
  public Errno errno(Slot slot) {
    return at(slot).errno();
  }

  /// Returns a call's first output.
  public byte[] bytes(Slot slot) {
    return at(slot).bytes();
  }

  /// Returns the attributes that stat, lstat, fstat or fstatat gave.
  public Stat stat(Slot slot) {
    return Stat.decode(output(at(slot)), machine);
  }

  /// Returns the attributes that statx gave.
  public Statx statx(Slot slot) {
    return Statx.decode(output(at(slot)));
  }

  /// Returns what statfs gave.
  public StatFs statfs(Slot slot) {
    return StatFs.decode(output(at(slot)));
  }

  /// Returns the entries of a listing up to its end or its error, in their order.
  public List<Dirent> dirents(Slot slot) {
    return direntBlocks(slot).stream().flatMap(List::stream).toList();
  }

  /// Returns the entries of a listing, one list for each getdents64 that gave some.
  public List<List<Dirent>> direntBlocks(Slot slot) {
    List<List<Dirent>> blocks = new ArrayList<>();
    for (Bytes block : at(slot).outs()) {
      if (block.length() > 0) {
        blocks.add(Dirent.decodeAll(block.toArray()));
      }
    }
    return blocks;
  }

  /// Returns the observations of the script inside a call.
  public Observations inner(Slot slot) {
    return at(slot).inner();
  }

  /// Returns what each thread of [Call.Parallel] saw.
  public List<ThreadRounds> threads(Slot slot) {
    return at(slot).threads();
  }

  /// Returns true if no call failed, nested ones included.
  public boolean allOk() {
    return calls.stream()
        .allMatch(call -> call.ok() && call.threads().stream().allMatch(ThreadRounds::allOk));
  }

  /// Returns true if both say the same of the target, call by call; see [Observation#sameOutcome].
  public boolean sameOutcome(Observations other) {
    if (calls.size() != other.calls.size()) {
      return false;
    }
    for (int index = 0; index < calls.size(); index++) {
      if (!calls.get(index).sameOutcome(other.calls.get(index))) {
        return false;
      }
    }
    return true;
  }

  /// Returns one line for each call, nested ones indented: number, name, result, errno, a little data. The program of [Script#toPython] prints the same.
  public List<String> lines() {
    return ObservationText.lines(this);
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }

  private static byte[] output(Observation observation) {
    if (!observation.ok()) {
      throw new IllegalStateException("no attributes: the call failed: " + observation);
    }
    return observation.bytes();
  }
}
