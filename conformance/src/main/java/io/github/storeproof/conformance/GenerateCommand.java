package io.github.storeproof.conformance;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.fixtures.form.Form;
import io.github.storeproof.fixtures.form.Generator;
import io.github.storeproof.fixtures.form.Listing;
import io.github.storeproof.fixtures.form.StagedDirectory;
import io.github.storeproof.fixtures.profile.FixtureKey;
import io.github.storeproof.fixtures.profile.Generation;
import io.github.storeproof.fixtures.profile.PathMaker;
import io.github.storeproof.fixtures.profile.Plans;
import io.github.storeproof.fixtures.profile.Profile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof fixtures generate`: store paths in the form that a tool takes.
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Writes store paths for tests, the same for the same words on any machine.",
      "Each is signed, with all hashes known, in the form that a tool takes:",
      "",
      "  tree          DIR/tree: a directory of store paths, as a mount shows it",
      "  nar           DIR/nar: an archive for each path",
      "  binary-cache  DIR/cache: nix-cache-info, narinfos and archives; Nix takes it",
      "                as file://DIR/cache",
      "  store         DIR/store: the store of castore, which takes it as",
      "                --store-addr file://DIR/store",
      "  grpc=ADDR     pushed into the store services at ADDR (grpc+unix:///path,",
      "                grpc+http://host:port); without --out nothing else is written",
      "",
      "Beside it: DIR/paths.jsonl (path infos, with the root nodes under both rules of directory "
          + "sizes), DIR/manifest.txt (every node, for check --manifest), DIR/fixtures.json (what "
          + "was made), DIR/key.public and DIR/key.secret.",
      "Exit: 0 all is written; 2 it is not, and nothing is left in DIR. Services keep what they took: "
          + "paths with a directory larger than they take as a message are named and left out, with 2."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final String SUMMARY = "fixtures.json";
  private static final String PUBLIC_KEY = "key.public";
  private static final String SECRET_KEY = "key.secret";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "One of the corner cases of fixtures list.")
  private @Nullable String name;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = {
        "In place of NAME, any number of paths:",
        "minimal: the smallest of everything;",
        "adversarial: every corner case, named after its rule;",
        "large: big blobs and wide directories, some 11 GiB;",
        "nix-like: packages as measured on real ones."
      })
  private @Nullable String profile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where random content comes from, 0 or more (default: 1).")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "M",
      description = "How many paths of the profile (default: all that it names).")
  private @Nullable Integer count;

  @Option(
      names = "--generation",
      paramLabel = "N",
      description = "The version of the generator (default: the newest).")
  private @Nullable Integer generation;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "tree",
      description = "tree, nar, binary-cache, store or grpc=ADDR (default: tree).")
  private String format = "tree";

  @Option(
      names = "--directory-size",
      paramLabel = "RULE",
      description =
          "How the services of grpc=ADDR count: snix, documented or either (default: they are"
              + " asked).")
  private @Nullable String directorySize;

  @Option(names = "--out", paramLabel = "DIR", description = "A new or empty directory.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    try {
      console.out().println(generate(request()));
      console.out().flush();
      return 0;
    } catch (IllegalArgumentException e) {
      return console.cannot(e.getMessage());
    } catch (FileSystemException e) {
      return console.cannot("cannot write to %s: %s".formatted(e.getFile(), reason(e)));
    } catch (IOException e) {
      return console.cannot("cannot make fixtures: " + e.getMessage());
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  /// What is asked for, checked. *Immutable.*
  ///
  /// @param word the profile or the name
  private record Request(
      String word, Plans plans, Seed seed, Generation generation, FixtureFormat format) {}

  private Request request() {
    if (seed < 0) {
      throw new IllegalArgumentException("seed is " + seed + ", want 0 or more");
    }
    Generation chosen = generation == null ? Generation.newest() : Generation.ofNumber(generation);
    FixtureFormat form = FixtureFormat.parse(format);
    if (out == null && form instanceof FixtureFormat.Entry) {
      throw new IllegalArgumentException("--out is missing, want a new or empty directory");
    }
    if (profile == null) {
      return new Request(named(), namedPlans(), new Seed(seed), chosen, form);
    }
    if (name != null) {
      throw new IllegalArgumentException(
          "NAME is " + name + " and --profile " + profile + ", want one of them");
    }
    Profile kind = Profile.ofWord(profile);
    Plans plans = kind.plans(chosen, new Seed(seed), count == null ? kind.usualCount() : count);
    return new Request(kind.word(), plans, new Seed(seed), chosen, form);
  }

  private String named() {
    if (name == null) {
      throw new IllegalArgumentException(
          "want --profile (" + Profile.words() + ") or a NAME of fixtures list");
    }
    return name;
  }

  private Plans namedPlans() {
    if (count != null) {
      throw new IllegalArgumentException("--count belongs to --profile");
    }
    Fixture fixture = FixtureCatalog.entry(named()).fixture(seed);
    return FixturePlans.of(fixture);
  }

  private String generate(Request request) throws IOException {
    return switch (request.format()) {
      case FixtureFormat.Entry entry ->
          written(request, Objects.requireNonNull(out), Optional.of(entry));
      case FixtureFormat.Services _ when out != null -> written(request, out, Optional.empty());
      case FixtureFormat.Services services -> {
        FixtureKey key = FixtureKey.of(request.seed());
        make(request, key, services.open(directorySizes()), _ -> {});
        yield request.plans().count() + " store paths pushed to " + services.address();
      }
    };
  }

  private Optional<DirectorySizes> directorySizes() {
    String word = directorySize;
    if (word == null) {
      return Optional.empty();
    }
    return Optional.of(
        DirectorySizes.ofWord(word)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "directory size is \"" + word + "\", want snix, documented or either")));
  }

  private String written(Request request, Path directory, Optional<FixtureFormat.Entry> entry)
      throws IOException {
    try (StagedDirectory staged = StagedDirectory.at(directory);
        Listing listing = new Listing(staged, request.word())) {
      FixtureKey key = FixtureKey.of(request.seed());
      make(request, key, open(request.format(), staged), listing::add);
      Listing.Totals totals = listing.end();
      Files.writeString(staged.entry(PUBLIC_KEY), key.publicText() + "\n");
      Files.writeString(staged.entry(SECRET_KEY), key.secretText() + "\n");
      Files.writeString(staged.entry(SUMMARY), summary(request, key, totals).print());
      List<String> entries = new ArrayList<>();
      entry.ifPresent(one -> entries.add(one.entry()));
      entries.addAll(List.of(PUBLIC_KEY, SECRET_KEY, Listing.PATHS, SUMMARY, Listing.MANIFEST));
      staged.show(entries);
      return "%d store paths %s, manifest %s"
          .formatted(
              totals.pathCount(),
              entry.map(one -> "in " + directory.resolve(one.entry())).orElse("pushed"),
              directory.resolve(Listing.MANIFEST));
    }
  }

  private Form open(FixtureFormat form, StagedDirectory staged) throws IOException {
    return switch (form) {
      case FixtureFormat.Entry entry -> entry.open(staged.entry(entry.entry()));
      case FixtureFormat.Services services -> services.open(directorySizes());
    };
  }

  private void make(Request request, FixtureKey key, Form opened, Generator.Follower follower)
      throws IOException {
    try (Form form = opened;
        PathProgress progress =
            new PathProgress(
                Console.of(spec).err(), ConsoleProgress.onTerminal(), request.plans().count())) {
      new Generator(new PathMaker(key), form)
          .run(
              request.plans(),
              path -> {
                follower.follow(path);
                progress.step();
              });
    }
  }

  private static Json summary(Request request, FixtureKey key, Listing.Totals totals) {
    return Json.object()
        .put("profile", request.word())
        .put("seed", request.seed().value())
        .put("generation", request.generation().number())
        .put("format", request.format().word())
        .put("pathCount", totals.pathCount())
        .put("nodeCount", totals.nodeCount())
        .put("narBytes", totals.narBytes())
        .put("pathsSha256", totals.pathsSha256())
        .put("publicKey", key.publicText())
        .build();
  }
}
