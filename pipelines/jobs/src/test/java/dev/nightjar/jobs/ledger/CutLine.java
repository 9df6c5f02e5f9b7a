package dev.nightjar.jobs.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line to PostgreSQL that is cut at a statement, for all who use it and for good: what a kill of
 * their process at that moment is to the server. It knows as much of the protocol as it needs: a
 * statement ends with a simple query, a sync or the end of a copy, and is passed on whole.
 */
final class CutLine implements AutoCloseable {
  private static final String ENDS = "QSc";

  private final int serverPort;
  private final int cutAt;
  private final boolean isCutAfter;
  private final ServerSocket door;
  private final AtomicInteger statements = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  /**
   * A line.
   *
   * @param cutAt the statement at which it is cut, from 1
   * @param isCutAfter whether the server still gets that statement, and only its answer is lost
   */
  CutLine(int serverPort, int cutAt, boolean isCutAfter) throws IOException {
    this.serverPort = serverPort;
    this.cutAt = cutAt;
    this.isCutAfter = isCutAfter;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::letIn);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Statements that came this way. */
  int statements() {
    return statements.get();
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (isCut) {
          client.close();
          continue;
        }
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> passQuestions(client, server));
        Thread.ofVirtual().start(() -> passAnswers(server, client));
      } catch (IOException e) {
        // Closed, or one connection that failed.
      }
    }
  }

  private void passQuestions(Socket client, Socket server) {
    try (client;
        server) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = server.getOutputStream();
      ByteArrayOutputStream statement = new ByteArrayOutputStream();
      copy(in, in.readInt(), statement); // the greeting has no letter
      pass(statement, out);
      while (true) {
        int letter = in.readUnsignedByte();
        statement.write(letter);
        copy(in, in.readInt(), statement);
        boolean isEnd = ENDS.indexOf(letter) >= 0;
        int number = isEnd ? statements.incrementAndGet() : statements.get();
        if (isEnd && number >= cutAt) {
          if (number == cutAt && isCutAfter) {
            pass(statement, out);
          }
          cut();
          return;
        }
        if (isEnd || letter == 'p' || letter == 'd' || letter == 'X' || letter == 'H') {
          pass(statement, out);
        }
      }
    } catch (IOException e) {
      return; // one side has gone
    }
  }

  private static void copy(DataInputStream in, int length, ByteArrayOutputStream to)
      throws IOException {
    to.writeBytes(
        new byte[] {
          (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
    to.writeBytes(in.readNBytes(length - Integer.BYTES));
  }

  private static void pass(ByteArrayOutputStream statement, OutputStream out) throws IOException {
    out.write(statement.toByteArray());
    out.flush();
    statement.reset();
  }

  private static void passAnswers(Socket server, Socket client) {
    try (server;
        client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      return; // one side has gone
    }
  }

  private void cut() {
    isCut = true;
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
