package dev.nightjar.store.git;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the binary format of COPY, gathered in memory. */
final class CopyRows {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long SECONDS_TO_2000 = 946_684_800L;
  private static final int TEXT_OID = 25;
  private static final int BYTEA_OID = 17;
  private static final HexFormat HEX = HexFormat.of();

  private byte[] buffer = new byte[1 << 16];
  private int length;

  int bytes() {
    return length;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  /** Sends everything to the statement and forgets it. */
  void sendTo(Connection connection, String copyStatement) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
    try {
      copy.writeToCopy(SIGNATURE, 0, SIGNATURE.length);
      copy.writeToCopy(buffer, 0, length);
      copy.writeToCopy(new byte[] {(byte) 0xff, (byte) 0xff}, 0, 2);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    length = 0;
  }

  /** Forgets what was gathered, as when it is to be sent anew. */
  void clear() {
    length = 0;
  }

  CopyRows row(int columns) {
    return number16(columns);
  }

  private CopyRows number16(int value) {
    ensure(2);
    SHORTS.set(buffer, length, (short) value);
    length += 2;
    return this;
  }

  private CopyRows number32(int value) {
    ensure(4);
    INTS.set(buffer, length, value);
    length += 4;
    return this;
  }

  CopyRows absent() {
    return number32(-1);
  }

  CopyRows smallint(@Nullable Integer value) {
    return value == null ? absent() : number32(2).number16(value);
  }

  CopyRows integer(@Nullable Integer value) {
    return value == null ? absent() : number32(4).number32(value);
  }

  CopyRows bigint(@Nullable Long value) {
    return value == null ? absent() : bigint(value.longValue());
  }

  CopyRows bigint(long value) {
    number32(8);
    ensure(8);
    LONGS.set(buffer, length, value);
    length += 8;
    return this;
  }

  CopyRows flag(boolean value) {
    return raw(new byte[] {(byte) (value ? 1 : 0)});
  }

  /** The one-byte type "char". */
  CopyRows letter(char value) {
    return raw(new byte[] {(byte) value});
  }

  CopyRows raw(byte @Nullable [] value) {
    if (value == null) {
      return absent();
    }
    number32(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, length, value.length);
    length += value.length;
    return this;
  }

  /** Text; a NUL, which PostgreSQL cannot hold, must not be in it. */
  CopyRows text(@Nullable String value) {
    return raw(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows moment(@Nullable Instant value) {
    if (value == null) {
      return absent();
    }
    return bigint((value.getEpochSecond() - SECONDS_TO_2000) * 1_000_000 + value.getNano() / 1000);
  }

  CopyRows texts(List<String> values) {
    return array(TEXT_OID, values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList());
  }

  CopyRows ids(List<String> hexadecimal) {
    return array(BYTEA_OID, hexadecimal.stream().map(HEX::parseHex).toList());
  }

  CopyRows id(String hexadecimal) {
    return raw(HEX.parseHex(hexadecimal));
  }

  private CopyRows array(int elementType, List<byte[]> elements) {
    if (elements.isEmpty()) {
      return number32(12).number32(0).number32(0).number32(elementType);
    }
    int size = 20;
    for (byte[] element : elements) {
      size += 4 + element.length;
    }
    number32(size).number32(1).number32(0).number32(elementType);
    number32(elements.size()).number32(1);
    elements.forEach(this::raw);
    return this;
  }
}
