package dev.nightjar.store.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the embedded stores stand.
 *
 * @param postgres how to reach PostgreSQL; absent when it does not run
 * @param postgresFolder where its data are
 * @param postgresBytes what they take
 * @param redis how to reach Redis; absent when it does not run
 * @param hasWatcher whether the process that stops them when idle is there
 */
public record StoreStatus(
    Optional<PostgresAccess> postgres,
    Path postgresFolder,
    long postgresBytes,
    Optional<RedisAccess> redis,
    boolean hasWatcher) {}
