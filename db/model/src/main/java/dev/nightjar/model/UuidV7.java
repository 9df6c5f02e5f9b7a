package dev.nightjar.model;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Time-ordered identifiers, RFC 9562 version 7: 48 bits of Unix milliseconds, then 74 random bits.
 */
public final class UuidV7 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private UuidV7() {}

  /** A new identifier of the present moment. */
  public static UUID next() {
    return at(Instant.now());
  }

  /** A new identifier of the given moment, which is kept to the millisecond. */
  public static UUID at(Instant moment) {
    long high = (moment.toEpochMilli() << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
    long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
