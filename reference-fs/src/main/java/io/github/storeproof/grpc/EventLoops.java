package io.github.storeproof.grpc;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The threads that move bytes; they keep no process alive.
final class EventLoops {
  private static final int THREADS = 2;

  private EventLoops() {}

  static EventLoopGroup create() {
    return new MultiThreadIoEventLoopGroup(
        THREADS, new DefaultThreadFactory("grpc-io", true), NioIoHandler.newFactory());
  }
}
