package dev.nightjar.store.live;

import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * What is passed on live, and what may be forgotten: telemetry as it is read, updates, cached
 * answers.
 *
 * <p>It never fails its caller. What Redis does not take is dropped, what it does not give is
 * absent, and {@link #trouble} says why. After a failure it is left alone for a moment, so that a
 * server that hangs costs its time limit once and not at every tick.
 */
public final class LiveStream implements AutoCloseable {
  private static final String PREFIX = "nightjar:";
  private static final int ANSWER_MILLIS = 500;
  private static final int LONGEST_STREAM = 20_000; // about 3 minutes of 100 metrics a second
  private static final long STREAM_SECONDS = 3_600;
  private static final long REST_NANOS = 5_000_000_000L;

  private final RedisClient client;
  private volatile @Nullable String trouble;
  private volatile long restUntil;

  private LiveStream(RedisClient client) {
    this.client = client;
  }

  /**
   * Connects to {@code redis://…} or {@code rediss://…}.
   *
   * @throws Failure when there is no Redis at that address
   */
  public static LiveStream open(String url) {
    URI uri = uri(url);
    String place = uri.getHost() + ":" + uri.getPort();
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(uri.getHost(), uri.getPort()))
            .clientConfig(configuration(uri))
            .build();
    try {
      client.ping();
      return new LiveStream(client);
    } catch (JedisException e) {
      client.close();
      throw new Failure.Unavailable(
          "Redis at "
              + place
              + " does not answer ("
              + firstLine(e)
              + "): start it, correct the Redis URL, or use 'embedded'",
          e);
    }
  }

  private static JedisClientConfig configuration(URI uri) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .user(JedisURIHelper.getUser(uri))
            .password(JedisURIHelper.getPassword(uri))
            .database(JedisURIHelper.getDBIndex(uri))
            .connectionTimeoutMillis(ANSWER_MILLIS)
            .socketTimeoutMillis(ANSWER_MILLIS)
            .clientName("nightjar");
    if (JedisURIHelper.isRedisSSLScheme(uri)) {
      config.sslOptions(SslOptions.defaults());
    }
    return config.build();
  }

  /** What went wrong last; absent when the last call succeeded. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Passes batches on to whoever watches that machine. */
  public void publish(long machineId, List<TelemetryBatch> batches) {
    String key = streamKey(machineId);
    attempt(() -> {
      try (Pipeline pipeline = client.pipelined()) {
        for (TelemetryBatch batch : batches) {
          pipeline.xadd(
              key,
              XAddParams.xAddParams().maxLen(LONGEST_STREAM).approximateTrimming(),
              LiveBatch.toFields(batch));
        }
        pipeline.expire(key, STREAM_SECONDS);
        pipeline.sync();
      }
      return true;
    });
  }

  /**
   * Batches of that machine that came after a position, waiting for some if there are none.
   *
   * @param after where the last call ended; empty to begin with what comes from now on
   */
  public LiveBatches read(long machineId, String after, Duration longestWait) {
    int waitMillis = Math.clamp(longestWait.toMillis(), 1, ANSWER_MILLIS * 4 / 5);
    StreamEntryID from = after.isEmpty() ? null : new StreamEntryID(after);
    return attempt(() -> readAfter(streamKey(machineId), from, waitMillis))
        .orElse(new LiveBatches(after, List.of()));
  }

  /** Tells subscribers of a topic, such as {@code run}, what happened. */
  public void tell(String topic, String message) {
    attempt(() -> client.publish(PREFIX + topic, message));
  }

  /** Hands on what is told on a topic until closed; ends by itself when Redis goes. */
  public Subscription subscribe(String topic, Consumer<String> listener) {
    JedisPubSub receiver =
        new JedisPubSub() {
          @Override
          public void onMessage(String channel, String message) {
            listener.accept(message);
          }
        };
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("nightjar-" + topic)
            .start(() ->
                attempt(() -> {
                  client.subscribe(receiver, PREFIX + topic);
                  return true;
                }));
    return new Subscription(receiver, thread);
  }

  /** The cached answer to a question, if it is still there. */
  public Optional<String> cached(String question) {
    return attempt(() -> client.get(PREFIX + "answer:" + question));
  }

  /** Keeps an answer for a while. */
  public void cache(String question, String answer, Duration timeToLive) {
    attempt(() ->
        client.set(
            PREFIX + "answer:" + question,
            answer,
            SetParams.setParams().ex(Math.max(1, timeToLive.toSeconds()))));
  }

  @Override
  public void close() {
    client.close();
  }

  private LiveBatches readAfter(String key, @Nullable StreamEntryID after, int waitMillis) {
    StreamEntryID from = after == null ? StreamEntryID.XREAD_NEW_ENTRY : after;
    Map<String, List<StreamEntry>> streams =
        client.xreadAsMap(XReadParams.xReadParams().block(waitMillis), Map.of(key, from));
    List<StreamEntry> entries = streams == null ? List.of() : streams.getOrDefault(key, List.of());
    List<TelemetryBatch> batches = new ArrayList<>();
    for (StreamEntry entry : entries) {
      LiveBatch.ofFields(entry.getFields()).ifPresent(batches::add);
    }
    String position =
        entries.isEmpty()
            ? (after == null ? "" : after.toString())
            : entries.getLast().getID().toString();
    return new LiveBatches(position, batches);
  }

  private <T> Optional<T> attempt(Supplier<@Nullable T> call) {
    if (trouble != null && System.nanoTime() < restUntil) {
      return Optional.empty();
    }
    try {
      Optional<T> answer = Optional.ofNullable(call.get());
      trouble = null;
      return answer;
    } catch (JedisException e) {
      restUntil = System.nanoTime() + REST_NANOS;
      trouble = firstLine(e);
      return Optional.empty();
    }
  }

  private static String streamKey(long machineId) {
    return PREFIX + "telemetry:" + machineId;
  }

  private static String firstLine(JedisException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      if (!JedisURIHelper.isValid(uri) || !String.valueOf(uri.getScheme()).startsWith("redis")) {
        throw new IllegalArgumentException("incomplete");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      // Neither the cause nor the URL is told: both may hold the password.
      throw new Failure.Misuse(
          "the Redis URL is not of the form redis://[user:password@]host:port[/number]: correct it,"
              + " or give 'embedded'");
    }
  }

  /**
   * What was read and where to go on.
   *
   * @param position to give to the next call
   */
  public record LiveBatches(String position, List<TelemetryBatch> batches) {}

  /** A listener at a topic, until closed. */
  public static final class Subscription implements AutoCloseable {
    private final JedisPubSub receiver;
    private final Thread thread;

    private Subscription(JedisPubSub receiver, Thread thread) {
      this.receiver = receiver;
      this.thread = thread;
    }

    /** Whether it listens already, and still. */
    public boolean isListening() {
      return receiver.isSubscribed() && thread.isAlive();
    }

    @Override
    public void close() {
      if (receiver.isSubscribed()) {
        receiver.unsubscribe();
      }
    }
  }
}
