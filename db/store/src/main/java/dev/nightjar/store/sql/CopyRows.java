package dev.nightjar.store.sql;

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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by {@code COPY … (format binary)}. They are gathered in memory,
 * and sent together; of a stream of rows what is gathered is sent whenever it makes a piece.
 */
public final class CopyRows {
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
  private static final int PIECE_BYTES = 1 << 18;
  private static final int INT2_OID = 21;
  private static final int INT4_OID = 23;
  private static final int TEXT_OID = 25;
  private static final int FLOAT8_OID = 701;
  private static final int BYTEA_OID = 17;
  private static final HexFormat HEX = HexFormat.of();

  private byte[] buffer = new byte[1 << 16];
  private int length;

  public int bytes() {
    return length;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  /**
   * Sends everything to the statement and forgets it.
   *
   * @param copyStatement such as {@code copy host (name, facts) from stdin (format binary)}
   */
  public void sendTo(Connection connection, String copyStatement) throws SQLException {
    sendAll(connection, copyStatement, List.of(), (row, rows) -> {});
  }

  /**
   * Sends rows as they are made; they need not fit in memory together.
   *
   * @param copyStatement such as {@code copy host (name, facts) from stdin (format binary)}
   * @param writer writes a row
   */
  public static <R> void send(
      Connection connection, String copyStatement, Iterable<R> all, BiConsumer<R, CopyRows> writer)
      throws SQLException {
    new CopyRows().sendAll(connection, copyStatement, all, writer);
  }

  private <R> void sendAll(
      Connection connection, String copyStatement, Iterable<R> all, BiConsumer<R, CopyRows> writer)
      throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
    try {
      copy.writeToCopy(SIGNATURE, 0, SIGNATURE.length);
      for (R one : all) {
        writer.accept(one, this);
        if (length >= PIECE_BYTES) {
          send(copy);
        }
      }
      send(copy);
      copy.writeToCopy(new byte[] {(byte) 0xff, (byte) 0xff}, 0, 2);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void send(CopyIn copy) throws SQLException {
    copy.writeToCopy(buffer, 0, length);
    length = 0;
  }

  /** Forgets what was gathered, as when it is to be sent anew. */
  public void clear() {
    length = 0;
  }

  public CopyRows row(int columns) {
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

  public CopyRows absent() {
    return number32(-1);
  }

  public CopyRows smallint(@Nullable Integer value) {
    return value == null ? absent() : number32(2).number16(value);
  }

  public CopyRows integer(@Nullable Integer value) {
    return value == null ? absent() : number32(4).number32(value);
  }

  public CopyRows bigint(@Nullable Long value) {
    return value == null ? absent() : bigint(value.longValue());
  }

  public CopyRows bigint(long value) {
    return number32(8).number64(value);
  }

  private CopyRows number64(long value) {
    ensure(8);
    LONGS.set(buffer, length, value);
    length += 8;
    return this;
  }

  public CopyRows number(double value) {
    return bigint(Double.doubleToRawLongBits(value)); // eight bytes, whatever they mean
  }

  public CopyRows flag(boolean value) {
    return raw(new byte[] {(byte) (value ? 1 : 0)});
  }

  /** The one-byte type "char". */
  public CopyRows letter(char value) {
    return raw(new byte[] {(byte) value});
  }

  public CopyRows raw(byte @Nullable [] value) {
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
  public CopyRows text(@Nullable String value) {
    return raw(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  public CopyRows moment(@Nullable Instant value) {
    if (value == null) {
      return absent();
    }
    return bigint((value.getEpochSecond() - SECONDS_TO_2000) * 1_000_000 + value.getNano() / 1000);
  }

  public CopyRows texts(List<String> values) {
    return array(TEXT_OID, values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList());
  }

  public CopyRows ids(List<String> hexadecimal) {
    return array(BYTEA_OID, hexadecimal.stream().map(HEX::parseHex).toList());
  }

  public CopyRows id(String hexadecimal) {
    return raw(HEX.parseHex(hexadecimal));
  }

  public CopyRows array(short @Nullable [] values) {
    if (values == null) {
      return absent();
    }
    beginArray(INT2_OID, values.length, values.length * (4 + Short.BYTES));
    for (short value : values) {
      number32(Short.BYTES).number16(value);
    }
    return this;
  }

  public CopyRows array(int @Nullable [] values) {
    if (values == null) {
      return absent();
    }
    beginArray(INT4_OID, values.length, values.length * (4 + Integer.BYTES));
    for (int value : values) {
      number32(Integer.BYTES).number32(value);
    }
    return this;
  }

  public CopyRows array(double @Nullable [] values) {
    if (values == null) {
      return absent();
    }
    beginArray(FLOAT8_OID, values.length, values.length * (4 + Double.BYTES));
    for (double value : values) {
      number(value);
    }
    return this;
  }

  private CopyRows array(int elementType, List<byte[]> elements) {
    int bytes = elements.stream().mapToInt(element -> 4 + element.length).sum();
    beginArray(elementType, elements.size(), bytes);
    elements.forEach(this::raw);
    return this;
  }

  /** One of no elements has no dimension. */
  private void beginArray(int elementType, int elements, int bytes) {
    boolean isEmpty = elements == 0;
    number32(isEmpty ? 12 : 20 + bytes);
    number32(isEmpty ? 0 : 1); // dimensions
    number32(0); // holds no null
    number32(elementType);
    if (!isEmpty) {
      number32(elements).number32(1); // the number of the first
    }
  }
}
