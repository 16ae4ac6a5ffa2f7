package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_END;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a process sees of a tree: open file descriptions with their positions, a working directory, and nodes that never
/// change. Each step adds its calls to the trial, with the answers that the model gives. *Confined.*
final class SequenceModel {
  private static final int MOST_DESCRIPTORS = 12;
  private static final int WHENCES = 3;
  private static final int THOUSANDTHS = 1000;
  private static final byte[] MISSING = {'~', 'm', 'i', 's', 's', 'i', 'n', 'g'};

  private final Trial trial;
  private final Nodes nodes;
  private final List<FileDescriptor> files = new ArrayList<>();
  private final List<DirectoryDescriptor> directories = new ArrayList<>();
  private final List<OpenDirectory> streams = new ArrayList<>();
  private @Nullable FixtureEntry workingDirectory;
  private @Nullable Slot workingDirectorySlot;

  SequenceModel(Trial trial, Nodes nodes) {
    this.trial = trial;
    this.nodes = nodes;
  }

  /// The nodes that sequences are about; none of the lists is empty.
  record Nodes(List<FixtureEntry> all, List<FixtureEntry> files, List<FixtureEntry> directories) {
    static Nodes of(List<FixtureEntry> all) {
      return new Nodes(
          all,
          only(all, tree -> tree instanceof Tree.File),
          only(all, tree -> tree instanceof Tree.Dir dir && !dir.children().isEmpty()));
    }

    private static List<FixtureEntry> only(List<FixtureEntry> all, Predicate<Tree> kind) {
      return all.stream().filter(entry -> kind.test(entry.tree())).toList();
    }

    boolean isEmpty() {
      return files.isEmpty() || directories.isEmpty();
    }
  }

  private record FileDescriptor(Slot fd, OpenFile file) {}

  private record DirectoryDescriptor(Slot fd, OpenDirectory stream) {}

  /// Adds the calls of a step; none where there is nothing to do it on.
  void take(SequenceStep step) {
    switch (step.verb()) {
      case OPEN_FILE -> openFile(chosen(nodes.files, step));
      case OPEN_DIRECTORY -> openDirectory(chosen(nodes.directories, step));
      case DUPLICATE -> duplicate(step, false);
      case PASS -> duplicate(step, true);
      case CLOSE -> close(step);
      case READ, SEEK, PREAD, TELL, FSTAT, FORGET_PAGES -> {
        if (!files.isEmpty()) {
          onFile(step, chosen(files, step));
        }
      }
      case LIST, SEEK_ENTRY, REWIND -> {
        if (!directories.isEmpty()) {
          onDirectory(step, chosen(directories, step));
        }
      }
      case LOOK -> look(step, chosen(nodes.all, step));
      case MISS -> miss(step, chosen(nodes.directories, step));
      case CHANGE_DIRECTORY -> changeDirectory(chosen(nodes.directories, step));
      case LOOK_FROM_DIRECTORY -> lookFromDirectory(step);
      case DROP_CACHES -> trial.calls().dropCaches();
    }
  }

  /// Adds what only the whole sequence can tell.
  void finish() {
    streams.forEach(stream -> stream.finish(trial));
  }

  private static <T> T chosen(List<T> from, SequenceStep step) {
    return from.get(step.which() % from.size());
  }

  private void openFile(FixtureEntry entry) {
    if (files.size() < MOST_DESCRIPTORS) {
      Slot fd = trial.want(trial.calls().open(entry.pathBytes(), O_RDONLY), Allowed.success());
      files.add(new FileDescriptor(fd, new OpenFile(Files.content(entry))));
    }
  }

  private void openDirectory(FixtureEntry entry) {
    if (directories.size() < MOST_DESCRIPTORS) {
      ListedDirectory directory = ListedDirectory.of(entry).orElseThrow();
      OpenDirectory stream = new OpenDirectory(trial, directory);
      streams.add(stream);
      directories.add(new DirectoryDescriptor(directory.open(trial), stream));
    }
  }

  private void duplicate(SequenceStep step, boolean overASocket) {
    boolean ofFile = step.bytes() % 2 == 0;
    if (ofFile && !files.isEmpty() && files.size() < MOST_DESCRIPTORS) {
      FileDescriptor old = chosen(files, step);
      files.add(new FileDescriptor(duplicate(old.fd, overASocket), old.file));
    } else if (!ofFile && !directories.isEmpty() && directories.size() < MOST_DESCRIPTORS) {
      DirectoryDescriptor old = chosen(directories, step);
      directories.add(new DirectoryDescriptor(duplicate(old.fd, overASocket), old.stream));
    }
  }

  private Slot duplicate(Slot fd, boolean overASocket) {
    Slot copy = overASocket ? trial.calls().passDescriptor(fd) : trial.calls().dup(fd);
    return trial.want(copy, Allowed.success());
  }

  private void close(SequenceStep step) {
    boolean ofFile = step.bytes() % 2 == 0;
    List<?> from = ofFile ? files : directories;
    if (!from.isEmpty()) {
      int at = step.which() % from.size();
      Slot fd = ofFile ? files.remove(at).fd : directories.remove(at).fd;
      trial.want(trial.calls().close(fd), Allowed.success());
    }
  }

  private void onFile(SequenceStep step, FileDescriptor on) {
    long offsetBytes = on.file.size() * step.offset() / THOUSANDTHS;
    switch (step.verb()) {
      case READ -> on.file.read(trial, step.place(), on.fd, step.bytes());
      case PREAD -> on.file.pread(trial, step.place(), on.fd, step.bytes(), offsetBytes);
      case SEEK -> seek(step, on, offsetBytes);
      case TELL -> on.file.tell(trial, step.place(), on.fd);
      case FSTAT -> on.file.stat(trial, step.place(), on.fd);
      default -> trial.calls().fadvise(on.fd, 0, 0, POSIX_FADV_DONTNEED);
    }
  }

  private void seek(SequenceStep step, FileDescriptor on, long offsetBytes) {
    switch (step.bytes() % WHENCES) {
      case 0 -> on.file.seek(trial, step.place(), on.fd, offsetBytes, SEEK_SET);
      case 1 -> on.file.seek(trial, step.place(), on.fd, step.bytes() - offsetBytes, SEEK_CUR);
      default -> on.file.seek(trial, step.place(), on.fd, -offsetBytes, SEEK_END);
    }
  }

  private void onDirectory(SequenceStep step, DirectoryDescriptor on) {
    switch (step.verb()) {
      case LIST -> on.stream.read(trial, step.place(), on.fd, step.bytes());
      case SEEK_ENTRY -> on.stream.seek(trial, step.place(), on.fd, step.bytes());
      default -> on.stream.rewind(trial, step.place(), on.fd);
    }
  }

  private void look(SequenceStep step, FixtureEntry entry) {
    byte[] path = entry.pathBytes();
    if (entry.tree() instanceof Tree.Link(var target) && step.bytes() % 2 == 0) {
      Slot slot = step.place().call(trial, calls -> calls.readlink(path));
      trial.want(slot, step.place().here(Allowed.bytes(target.toBytes())));
    } else {
      Slot slot = step.place().call(trial, calls -> calls.lstat(path));
      trial.want(slot, step.place().here(is(entry.tree())));
    }
  }

  private static Allowed is(Tree tree) {
    return switch (tree) {
      case Tree.Dir _ -> stat("a directory", Stat::isDirectory);
      case Tree.File(var content, _) ->
          stat(
              "a regular file of " + content.size() + " bytes",
              stat -> stat.isRegular() && stat.size() == content.size());
      case Tree.Link(var target) -> {
        int length = target.toBytes().length;
        yield stat(
            "a link of " + length + " bytes",
            stat -> !stat.isRegular() && !stat.isDirectory() && stat.size() == length);
      }
    };
  }

  private static Allowed stat(String words, Predicate<Stat> holds) {
    return Decoded.stat(
        words, holds, stat -> "type 0%o and st_size %d".formatted(stat.type(), stat.size()));
  }

  private void miss(SequenceStep step, FixtureEntry directory) {
    byte[] path = below(directory.pathBytes(), MISSING);
    Slot slot = step.place().call(trial, calls -> calls.lstat(path));
    trial.want(slot, step.place().here(Allowed.errno(Errno.ENOENT)));
  }

  private static byte[] below(byte[] directory, byte[] name) {
    byte[] path = java.util.Arrays.copyOf(directory, directory.length + 1 + name.length);
    path[directory.length] = '/';
    System.arraycopy(name, 0, path, directory.length + 1, name.length);
    return path;
  }

  private void changeDirectory(FixtureEntry directory) {
    workingDirectory = directory;
    workingDirectorySlot =
        trial.want(trial.calls().chdir(directory.pathBytes()), Allowed.success());
  }

  private void lookFromDirectory(SequenceStep step) {
    if (workingDirectory == null
        || workingDirectorySlot == null
        || !(workingDirectory.tree() instanceof Tree.Dir(var children))) {
      return;
    }
    Map.Entry<PathComponent, Tree> entry = chosen(List.copyOf(children.entrySet()), step);
    Arg name = Arg.raw(entry.getKey().toBytes());
    Slot slot = trial.calls().fstatat(Arg.cwd(), name, AT_SYMLINK_NOFOLLOW);
    trial.want(List.of(workingDirectorySlot), slot, is(entry.getValue()));
  }
}
