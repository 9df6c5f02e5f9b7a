package dev.nightjar.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class LoopbackPort {
  private LoopbackPort() {}

  /** The preferred port if it is free, else another that is. */
  static int free(int preferred) throws IOException {
    return preferred != 0 && isFree(preferred) ? preferred : bindAndRelease(0);
  }

  private static boolean isFree(int port) {
    try {
      return bindAndRelease(port) == port;
    } catch (IOException e) {
      return false;
    }
  }

  private static int bindAndRelease(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return socket.getLocalPort();
    }
  }
}
