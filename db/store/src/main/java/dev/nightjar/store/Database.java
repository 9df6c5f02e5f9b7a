package dev.nightjar.store;

import dev.nightjar.store.archive.ArchiveProgress;
import dev.nightjar.store.archive.DatabaseExport;
import dev.nightjar.store.archive.DatabaseMove;
import dev.nightjar.store.lock.HeldLock;
import dev.nightjar.store.lock.LockStore;
import dev.nightjar.store.query.Queries;
import dev.nightjar.store.run.AcknowledgementStore;
import dev.nightjar.store.run.BenchmarkFailureStore;
import dev.nightjar.store.run.DeadLetterStore;
import dev.nightjar.store.run.FindingStore;
import dev.nightjar.store.run.ProfileStore;
import dev.nightjar.store.run.RunImport;
import dev.nightjar.store.run.RunStore;
import dev.nightjar.store.run.VerdictStore;
import dev.nightjar.store.sample.AssumedDirectionStore;
import dev.nightjar.store.sample.DisturbanceStore;
import dev.nightjar.store.sample.HistoryStore;
import dev.nightjar.store.sample.SampleStore;
import dev.nightjar.store.schema.ReaderRole;
import dev.nightjar.store.schema.SchemaMigration;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import dev.nightjar.store.sql.Fence;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlWork;
import dev.nightjar.store.telemetry.MachineStore;
import dev.nightjar.store.telemetry.TelemetryStore;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything durable: one small class for each kind of thing that is kept.
 *
 * <p>Methods are idempotent where a restarted step may call them twice. They throw {@link
 * dev.nightjar.model.Failure} for what the environment did not give.
 */
public final class Database implements AutoCloseable {
  private final Connections connections;
  private final TelemetryStore telemetry;
  private final @Nullable ReaderLogin reader;

  private Database(Connections connections, @Nullable ReaderLogin reader) {
    this.connections = connections;
    this.reader = reader;
    telemetry = new TelemetryStore(connections);
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
    Connections connections = Connections.open(address, revival);
    try {
      new SchemaMigration(address, reader).bringUpToDate(connections);
      return new Database(connections, reader);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  /** Pooled connections whose search path begins with the schema of Nightjar's tables. */
  public DataSource dataSource() {
    return connections.source();
  }

  /**
   * The same database for one who writes under a lock: when another has acquired the lock since,
   * the database refuses every transaction with a {@link dev.nightjar.model.Failure}. What this
   * closes is closed for both.
   */
  public Database fencedBy(HeldLock lock) {
    Fence fence = new Fence(lock.name(), lock.token());
    return new Database(connections.fencedBy(List.of(fence)), reader);
  }

  /**
   * The same database for one whose work must outlive a restart of the server: what finds it away
   * is tried again for so long. What this closes is closed for both.
   */
  public Database patient(Duration patience) {
    return new Database(connections.patient(patience), reader);
  }

  /** Host and port, for people. */
  public String place() {
    return connections.address().place();
  }

  /** How it is reached, for those who have SQL of their own. */
  public Connections connections() {
    return connections;
  }

  /** Runs, hosts and repositories. */
  public RunStore runs() {
    return new RunStore(connections);
  }

  /** Machines, and which of them runs were made on. */
  public MachineStore machines() {
    return new MachineStore(connections);
  }

  /** Runs that were made elsewhere. */
  public RunImport imports() {
    return new RunImport(connections);
  }

  /** Samples of benchmarks. */
  public SampleStore samples() {
    return new SampleStore(connections);
  }

  /** What earlier runs measured, of many series at once. */
  public HistoryStore history() {
    return new HistoryStore(connections);
  }

  /** Verdicts. */
  public VerdictStore verdicts() {
    return new VerdictStore(connections);
  }

  /** What got worse, and what became of it. */
  public FindingStore findings() {
    return new FindingStore(connections);
  }

  /** Findings that people have accepted. */
  public AcknowledgementStore acknowledgements() {
    return new AcknowledgementStore(connections);
  }

  /** Profiles of two versions. */
  public ProfileStore profiles() {
    return new ProfileStore(connections);
  }

  /** Benchmarks that failed. */
  public BenchmarkFailureStore benchmarkFailures() {
    return new BenchmarkFailureStore(connections);
  }

  /** Samples that were disturbed. */
  public AssumedDirectionStore assumedDirections() {
    return new AssumedDirectionStore(connections);
  }

  public DisturbanceStore disturbances() {
    return new DisturbanceStore(connections);
  }

  /** What could not be taken in. */
  public DeadLetterStore deadLetters() {
    return new DeadLetterStore(connections);
  }

  /** Named locks. */
  public LockStore locks() {
    return new LockStore(connections);
  }

  /** What was read of machines again and again. */
  public TelemetryStore telemetry() {
    return telemetry;
  }

  /** Read-only queries of people. */
  public Queries queries() {
    return new Queries(connections, () -> ReaderRole.of(connections, reader));
  }

  /**
   * Writes all that is kept, as it is at this moment; the stream stays open.
   *
   * @return the rows of each table
   */
  public Map<String, Long> exportTo(OutputStream out, ArchiveProgress progress) throws IOException {
    return DatabaseExport.write(connections, out, progress);
  }

  /**
   * Copies all that is kept to another database, in which nothing is kept yet; here it stays.
   *
   * @return the rows of each table
   */
  public Map<String, Long> copyTo(StoreSettings other, ArchiveProgress progress) {
    DatabaseAddress address = DatabaseAddress.parse(other.databaseUrl());
    return DatabaseMove.copy(connections, address, other.reader(), progress);
  }

  @Override
  public void close() {
    connections.close();
  }

  /** Whether the server has been away for longer than this is patient. */
  public boolean isGivenUp() {
    return connections.retries().isGivenUp();
  }

  /**
   * Lets whoever shares this patience wait no longer; one that is fenced gives no connection any
   * more.
   */
  public void giveUp() {
    connections.retries().giveUp();
  }

  /** As {@link Connections#read}. */
  public <T> T read(String doing, SqlWork<T> work) {
    return connections.read(doing, work);
  }

  /** As {@link Connections#inTransaction}. */
  public <T> T inTransaction(String doing, SqlWork<T> work) {
    return connections.inTransaction(doing, work);
  }

  /** As {@link Connections#streaming}. */
  public <T> T streaming(String doing, SqlWork<T> work) {
    return connections.streaming(doing, work);
  }

  /** As {@link Connections#failure(Throwable, String)}. */
  public Optional<RuntimeException> failure(Throwable failure, String doing) {
    return connections.failure(failure, doing);
  }

  /** As {@link Connections#failure(SQLException, String)}. */
  public RuntimeException failure(SQLException failure, String doing) {
    return connections.failure(failure, doing);
  }
}
