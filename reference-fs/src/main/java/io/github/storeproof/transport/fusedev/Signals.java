package io.github.storeproof.transport.fusedev;

import java.lang.reflect.Proxy;

/// Signals of the operating system as calls.
///
/// The JDK's class for them is there to be used (`jdk.unsupported` exports it) but javac warns of
/// its name and knows no way to suppress that, so it is reached by reflection.
public final class Signals {
  private Signals() {}

  /// Has `action` run on a thread of its own at each signal of that name, in place of what the
  /// process did before.
  ///
  /// @param name without `SIG`: `TERM`, `INT`, `HUP`
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> {
                return switch (method.getName()) {
                  case "handle" -> {
                    action.run();
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> arguments != null && proxy == arguments[0];
                  default -> name;
                };
              });
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG%s cannot be handled".formatted(name), e);
    }
  }
}
