package io.github.storeproof.conformance.store;

import io.github.storeproof.fixtures.form.Form;
import io.github.storeproof.fixtures.profile.GeneratedPath;
import io.github.storeproof.model.SizeRule;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Generated paths on their way into store services, some at a time. *Confined.*
public final class StorePush implements Form {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final int WAITING_PATHS = 64;

  private final StoreAddress address;
  private final Sockets sockets = new Sockets();
  private final ManagedChannel channel;
  private final FixturePush push;
  private final List<GeneratedPath> waiting = new ArrayList<>();
  private final List<StoreRefusal> leftOut = new ArrayList<>();
  private int pushedPaths;

  private StorePush(StoreAddress address, ServicePackage names, SizeRule sizeRule) {
    this.address = address;
    this.channel = sockets.channel(address);
    this.push = new FixturePush(channel, names, sizeRule);
  }

  /// Finds the services at an address.
  ///
  /// @param declared which sizes of directories they take; where nobody says it, they are asked
  /// @throws IOException when there are none, or they take no sizes that the kit knows; the message is a sentence
  public static StorePush to(StoreAddress address, Optional<DirectorySizes> declared)
      throws IOException {
    if (!address.accepts()) {
      throw new IOException("nothing listens on " + address + ", want store services");
    }
    try (StoreConnection connection = StoreConnection.to(address)) {
      ServicePackage names =
          StoreProbe.packageOf(connection, PROBE_LIMIT)
              .orElseThrow(() ->
                  new IOException("there are no store services of snix or tvix on " + address));
      ServiceSurvey survey = new ServiceSurvey(connection, names, PROBE_LIMIT);
      Optional<String> missing =
          survey
              .noPathInfos()
              .or(() -> survey.noPut(StoreMethod.BLOB_PUT))
              .or(() -> survey.noPut(StoreMethod.DIRECTORY_PUT));
      if (missing.isPresent()) {
        throw new IOException(address + ": " + missing.get() + "; nothing was pushed");
      }
      DirectorySizes sizes =
          declared.isPresent() ? declared.get() : sizes(address, connection, names);
      return new StorePush(address, names, sizes.rule());
    } catch (StoreRefusal e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
  }

  private static DirectorySizes sizes(
      StoreAddress address, StoreConnection connection, ServicePackage names) throws IOException {
    List<Reply> replies = new ArrayList<>();
    Optional<DirectorySizes> taken =
        SizeRuleProbe.ask(messages -> {
          replies.add(
              connection.call(
                  StoreMethod.DIRECTORY_PUT.in(names), messages.iterator(), PROBE_LIMIT));
          return replies.getLast();
        });
    return taken.orElseThrow(() ->
        new IOException(
            address
                + ": the services take no tree of three levels, neither by the rule snix nor by the"
                + " rule documented of directory sizes: "
                + replies.getLast().statusWords()));
  }

  @Override
  public void take(GeneratedPath path) throws IOException {
    waiting.add(path);
    // The first one alone: a store that takes no path infos refuses it before much was sent.
    if (waiting.size() == WAITING_PATHS || pushedPaths == 0) {
      pushWaiting();
    }
  }

  private void pushWaiting() throws IOException {
    try {
      leftOut.addAll(push.push(waiting));
    } catch (StoreRefusal e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    }
    pushedPaths += waiting.size();
    waiting.clear();
  }

  /// Pushes the rest.
  ///
  /// @throws IOException also when paths were left out that the store does not take for their size; all others are there
  @Override
  public void end() throws IOException {
    pushWaiting();
    if (!leftOut.isEmpty()) {
      throw new IOException(
          address
              + ": "
              + (pushedPaths - leftOut.size())
              + " of "
              + pushedPaths
              + " store paths are pushed, without those that are too large for the services: "
              + leftOut.stream()
                  .map(refusal -> String.valueOf(refusal.getMessage()))
                  .collect(Collectors.joining("; ")));
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    sockets.close();
  }
}
