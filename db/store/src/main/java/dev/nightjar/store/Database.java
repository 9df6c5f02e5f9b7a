package dev.nightjar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Everything durable: one small class for each kind of thing that is kept.
 *
 * <p>Methods are idempotent where a restarted step may call them twice. They throw {@link
 * dev.nightjar.model.Failure} for what the environment did not give.
 */
public final class Database implements AutoCloseable {
  /** Tables first, then the views that people query. */
  private static final String SEARCH_PATH = "nightjar,public";

  private static final int MOST_CONNECTIONS = 12;
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);

  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final DataSource connections;
  private final Retries retries;
  private final TelemetryStore telemetry = new TelemetryStore(this);
  private @Nullable ReaderLogin reader;

  private Database(
      DatabaseAddress address,
      HikariDataSource pool,
      DataSource connections,
      Retries retries,
      @Nullable ReaderLogin reader) {
    this.address = address;
    this.pool = pool;
    this.connections = connections;
    this.retries = retries;
    this.reader = reader;
  }

  /** Connects, and brings the schema up to date. */
  static Database open(DatabaseAddress address, @Nullable ReaderLogin reader) {
    return open(address, reader, () -> {});
  }

  /**
   * Connects, and brings the schema up to date.
   *
   * @param revival brings the server back if it has crashed; called by those who are patient
   */
  static Database open(DatabaseAddress address, @Nullable ReaderLogin reader, Runnable revival) {
    HikariDataSource pool = connect(address);
    Retries retries = new Retries(Duration.ZERO, revival);
    Database database = new Database(address, pool, pool, retries, reader);
    try {
      new SchemaMigration(address, reader).bringUpToDate(database);
      if (reader == null) {
        database.reader = database.read("finding the reader", ReaderRole::find).orElse(null);
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Pooled connections whose search path begins with the schema of Nightjar's tables. */
  public DataSource dataSource() {
    return connections;
  }

  /**
   * The same database for one who writes under a lock: when another has acquired the lock since,
   * the database refuses every transaction with a {@link dev.nightjar.model.Failure}. What this
   * closes is closed for both.
   */
  public Database fencedBy(HeldLock lock) {
    List<Fence> fences = List.of(new Fence(lock.name(), lock.token()));
    return new Database(
        address, pool, new FencedConnections(connections, fences, retries), retries, reader);
  }

  /**
   * The same database for one whose work must outlive a restart of the server: what finds it away
   * is tried again for so long. What this closes is closed for both.
   */
  public Database patient(Duration patience) {
    return new Database(address, pool, connections, retries.with(patience), reader);
  }

  /** Host and port, for people. */
  public String place() {
    return address.place();
  }

  /** Runs, hosts and repositories. */
  public RunStore runs() {
    return new RunStore(this);
  }

  /** Machines, and which of them runs were made on. */
  public MachineStore machines() {
    return new MachineStore(this);
  }

  /** Runs that were made elsewhere. */
  public RunImport imports() {
    return new RunImport(this);
  }

  /** Samples of benchmarks. */
  public SampleStore samples() {
    return new SampleStore(this);
  }

  /** What earlier runs measured, of many series at once. */
  public HistoryStore history() {
    return new HistoryStore(this);
  }

  /** Verdicts. */
  public VerdictStore verdicts() {
    return new VerdictStore(this);
  }

  /** Findings that people have accepted. */
  public AcknowledgementStore acknowledgements() {
    return new AcknowledgementStore(this);
  }

  /** Benchmarks that failed. */
  public BenchmarkFailureStore benchmarkFailures() {
    return new BenchmarkFailureStore(this);
  }

  /** Samples that were disturbed. */
  public DisturbanceStore disturbances() {
    return new DisturbanceStore(this);
  }

  /** What could not be taken in. */
  public DeadLetterStore deadLetters() {
    return new DeadLetterStore(this);
  }

  /** Named locks. */
  public LockStore locks() {
    return new LockStore(this);
  }

  /** What was read of machines again and again. */
  public TelemetryStore telemetry() {
    return telemetry;
  }

  /** Read-only queries of people. */
  public Queries queries() {
    return new Queries(this);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Whether the server has been away for longer than this is patient. */
  public boolean isGivenUp() {
    return retries.isGivenUp();
  }

  /**
   * Lets whoever shares this patience wait no longer; one that is fenced gives no connection any
   * more.
   */
  public void giveUp() {
    retries.giveUp();
  }

  Retries retries() {
    return retries;
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
    try (Connection connection = connections.getConnection()) {
      return work.on(connection);
    }
  }

  /** A connection of its own, outside the pool, for what lasts. */
  Connection dedicated(String purpose) throws SQLException {
    PGSimpleDataSource source = source(address);
    source.setApplicationName("nightjar " + purpose);
    if (source.getSocketFactory() == null) { // else the person has named one in the URL
      source.setSocketFactory(KeptAliveSockets.class.getName());
    }
    return source.getConnection();
  }

  DatabaseAddress address() {
    return address;
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

  @Nullable ReaderLogin reader() {
    return reader;
  }

  static PGSimpleDataSource source(DatabaseAddress address) {
    PGSimpleDataSource source = address.connections();
    source.setCurrentSchema(SEARCH_PATH);
    return source;
  }

  private static HikariDataSource connect(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("nightjar");
    PGSimpleDataSource source = source(address);
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
