package io.github.storeproof.conformance.store;

import io.github.storeproof.conformance.store.HeldCalls.Held;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.StorePath;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The faults of a store, switched on and off while a mount asks it. *Thread-safe.*
public final class Faults {
  private static final String LISTING = "listing";

  private final BlobLayout layout;
  private final HeldCalls held = new HeldCalls();
  private final Map<B3Digest, FaultyPiece> pieces = new ConcurrentHashMap<>();
  // Directories by digest, path infos by nixbase32, the listing by its name.
  private final Map<String, Fault> others = new ConcurrentHashMap<>();
  private final Switch connections;
  private volatile boolean isStopped;

  /// Takes the services off their address and puts them back.
  interface Switch {
    void takeDown();

    void putBack();
  }

  Faults(BlobLayout layout, Switch connections) {
    this.layout = layout;
    this.connections = connections;
  }

  /// A fault of a blob, and of its chunks.
  public void blob(B3Digest digest, Fault fault) {
    pieces.putAll(layout.pieces(digest, fault));
  }

  /// A fault of a directory.
  public void directory(B3Digest digest, Fault fault) {
    others.put(digest.toString(), fault);
  }

  /// A fault of a path info.
  public void pathInfo(StorePath path, Fault fault) {
    others.put(key(path.digest()), fault);
  }

  /// A store path that the store does not have is answered for: its node is what no store would
  /// take.
  public void pretend(StorePath path, Node node) {
    pathInfo(path, new Fault.Answers(FixtureMessages.pathInfo(path, node).toByteArray()));
  }

  /// A store path is answered for with the path info of another.
  public void pretend(StorePath asked, StorePath other, Node node) {
    pathInfo(asked, new Fault.Answers(FixtureMessages.pathInfo(other, node).toByteArray()));
  }

  /// The list of all path infos has these store paths, all with one node, and then fails.
  public void listThenFail(List<StorePath> paths, Node node) {
    List<byte[]> messages =
        paths.stream().map(path -> FixtureMessages.pathInfo(path, node).toByteArray()).toList();
    listing(new Fault.Streams(messages, Status.Code.UNAVAILABLE));
  }

  /// A fault of the list of all path infos.
  public void listing(Fault fault) {
    others.put(LISTING, fault);
  }

  /// The store takes every call and answers none, as a stopped process does.
  public void stop() {
    isStopped = true;
  }

  /// Nobody listens at the address any more, and connections are lost.
  public void takeDown() {
    connections.takeDown();
  }

  /// Whether so many calls are held, as soon as they are; false when the time is over.
  public boolean awaitHeld(int count, Duration limit) {
    return held.await(count, limit);
  }

  /// What was held, or fails to be answered, is answered from now on; other faults stay.
  public void release() {
    isStopped = false;
    pieces.values().removeIf(piece -> piece.fault() instanceof Fault.Holds);
    others.values().removeIf(fault -> fault instanceof Fault.Holds);
    held.release();
  }

  /// A blob is right again.
  public void repair(B3Digest blob) {
    pieces.values().removeIf(piece -> piece.blob().equals(blob));
  }

  /// The store is right again; calls that are still held fail.
  public void clear() {
    isStopped = false;
    pieces.clear();
    others.clear();
    connections.putBack();
    held.fail();
  }

  /// Nothing is held any more, because the proxy ends.
  void end() {
    isStopped = false;
    held.fail();
  }

  boolean isStopped() {
    return isStopped;
  }

  void hold(Held call) {
    held.add(call);
  }

  void drop(Held call) {
    held.remove(call);
  }

  Optional<FaultyPiece> ofPiece(B3Digest digest) {
    return Optional.ofNullable(pieces.get(digest));
  }

  Optional<Fault> ofDirectory(B3Digest digest) {
    return Optional.ofNullable(others.get(digest.toString()));
  }

  Optional<Fault> ofPathInfo(byte[] digest) {
    return Optional.ofNullable(others.get(key(digest)));
  }

  Optional<Fault> ofListing() {
    return Optional.ofNullable(others.get(LISTING));
  }

  private static String key(byte[] digest) {
    return NixBase32.encode(digest);
  }
}
