package dev.nightjar.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How a database is reached: pooled connections, and the rules of work on them: what lost against
 * another is run again, a server that is away is waited for, and a lost lock refuses what is
 * written.
 */
public final class Connections implements AutoCloseable {
  /** Tables first, then the views that people query. */
  private static final String SEARCH_PATH = "nightjar,public";

  private static final int MOST_CONNECTIONS = 12;
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);

  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final DataSource source;
  private final Retries retries;

  private Connections(
      DatabaseAddress address, HikariDataSource pool, DataSource source, Retries retries) {
    this.address = address;
    this.pool = pool;
    this.source = source;
    this.retries = retries;
  }

  /**
   * Connects.
   *
   * @param revival brings the server back if it has crashed; called by those who are patient
   */
  public static Connections open(DatabaseAddress address, Runnable revival) {
    HikariDataSource pool = connect(address);
    return new Connections(address, pool, pool, new Retries(Duration.ZERO, revival));
  }

  /** Pooled connections whose search path begins with the schema of Nightjar's tables. */
  public DataSource source() {
    return source;
  }

  /** The same for one who writes under locks: they refuse once another has acquired one since. */
  public Connections fencedBy(List<Fence> fences) {
    return new Connections(address, pool, new FencedConnections(source, fences, retries), retries);
  }

  /** The same for one who waits so long for a server that is away. */
  public Connections patient(Duration patience) {
    return new Connections(address, pool, source, retries.with(patience));
  }

  /** How long is waited, and what is tried again. */
  public Retries retries() {
    return retries;
  }

  /** Where it is, and as whom. */
  public DatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Runs work whose statements each commit themselves; it may be run again. */
  public <T> T read(String doing, SqlWork<T> work) {
    try {
      return retries.of(() -> onConnection(work));
    } catch (SQLException e) {
      throw SqlFailure.of(e, address.place(), doing);
    }
  }

  /**
   * Runs work in one transaction: all of it is kept, or nothing. When it lost against another
   * transaction, it is run again: it changes nothing but the database.
   */
  public <T> T inTransaction(String doing, SqlWork<T> work) {
    return read(doing, connection -> Transaction.around(connection, work));
  }

  /** Runs work in one transaction and once: it hands on what it reads while it reads. */
  public <T> T streaming(String doing, SqlWork<T> work) {
    try {
      return onConnection(connection -> Transaction.around(connection, work));
    } catch (SQLException e) {
      throw SqlFailure.of(e, address.place(), doing);
    }
  }

  private <T> T onConnection(SqlWork<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return work.on(connection);
    }
  }

  /** A connection of its own, outside the pool, for what lasts. */
  public Connection dedicated(String purpose) throws SQLException {
    PGSimpleDataSource source = single(address);
    source.setApplicationName("nightjar " + purpose);
    if (source.getSocketFactory() == null) { // else the person has named one in the URL
      source.setSocketFactory(KeptAliveSockets.class.getName());
    }
    return source.getConnection();
  }

  /** The sentence for a failure that another library has wrapped, if the database caused it. */
  public Optional<RuntimeException> failure(Throwable failure, String doing) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(failure(sql, doing));
      }
    }
    return Optional.empty();
  }

  /** What to throw for a failure outside {@link #read} and {@link #inTransaction}. */
  public RuntimeException failure(SQLException failure, String doing) {
    return SqlFailure.of(failure, address.place(), doing);
  }

  /** Single connections, outside the pool. */
  public static PGSimpleDataSource single(DatabaseAddress address) {
    PGSimpleDataSource source = address.connections();
    source.setCurrentSchema(SEARCH_PATH);
    return source;
  }

  private static HikariDataSource connect(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("nightjar");
    PGSimpleDataSource source = single(address);
    config.setDataSource(source);
    config.setMaximumPoolSize(MOST_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE_LIMIT.toMillis());
    // For one attempt and half another, of the length that the URL's connectTimeout allows.
    config.setConnectionTimeout(Duration.ofSeconds(source.getConnectTimeout()).toMillis() * 3 / 2);
    config.setInitializationFailTimeout(1); // one attempt: an unreachable server is told at once
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw SqlFailure.of(failure, address.place(), "connecting");
      }
      throw e;
    }
  }
}
