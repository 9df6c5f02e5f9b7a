package dev.nightjar.model;

import java.nio.ByteBuffer;
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

  /**
   * The identifier of the given moment and content: the same for the same both.
   *
   * @param digest of the content, 16 bytes at least
   */
  public static UUID of(Instant moment, byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    long high = (moment.toEpochMilli() << 16) | 0x7000L | (bits.getLong() & 0xfffL);
    return new UUID(high, (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
  }
}
