package dev.nightjar.store.sql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections whose every transaction begins with a look at the fences, whoever begins it: the
 * stores here, or Spring Batch. Once the server is given up, none is waited for: Batch alone would
 * ask for one after the other to note what failed, and each would take the pool its time.
 */
final class FencedConnections implements DataSource {
  private static final String CANNOT_CONNECT = "08001";

  private final DataSource connections;
  private final List<Fence> fences;
  private final Retries retries;

  FencedConnections(DataSource connections, List<Fence> fences, Retries retries) {
    this.connections = connections;
    this.fences = fences;
    this.retries = retries;
  }

  @Override
  public Connection getConnection() throws SQLException {
    refuseIfOver();
    return fenced(connections.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    refuseIfOver();
    return fenced(connections.getConnection(user, password));
  }

  private void refuseIfOver() throws SQLException {
    if (retries.isOver()) {
      throw new SQLException("it has been away for too long", CANNOT_CONNECT);
    }
  }

  private Connection fenced(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            FencedConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(connection, arguments);
                if (method.getName().equals("setAutoCommit") && arguments[0].equals(false)) {
                  check(connection);
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void check(Connection connection) throws SQLException {
    boolean isOpen = false;
    try {
      for (Fence fence : fences) {
        fence.check(connection);
      }
      isOpen = true;
    } finally {
      if (!isOpen && !connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return connections.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    connections.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    connections.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return connections.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return connections.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return connections.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return connections.isWrapperFor(type);
  }
}
