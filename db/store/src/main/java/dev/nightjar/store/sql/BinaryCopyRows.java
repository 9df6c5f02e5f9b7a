package dev.nightjar.store.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by {@code COPY … (format binary)}, sent in pieces as they are
 * made.
 */
public final class BinaryCopyRows {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int PIECE_BYTES = 1 << 18;
  private static final long EPOCH_2000_MILLIS = 946_684_800_000L;
  private static final int INT2_OID = 21;
  private static final int INT4_OID = 23;
  private static final int FLOAT8_OID = 701;

  private final CopyIn copy;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES * 2);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * Begins.
   *
   * @param target table and columns, such as {@code host (name, facts)}
   */
  public BinaryCopyRows(Connection connection, String target) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + target + " from stdin (format binary)");
    write(data -> {
      data.write(SIGNATURE);
      data.writeInt(0); // flags
      data.writeInt(0); // length of the header's extension
    });
  }

  public void row(int columns) throws SQLException {
    if (bytes.size() >= PIECE_BYTES) {
      send();
    }
    write(data -> data.writeShort(columns));
  }

  public void number(long value) throws SQLException {
    write(data -> {
      data.writeInt(Long.BYTES);
      data.writeLong(value);
    });
  }

  public void number(double value) throws SQLException {
    write(data -> {
      data.writeInt(Double.BYTES);
      data.writeDouble(value);
    });
  }

  public void time(long epochMillis) throws SQLException {
    number((epochMillis - EPOCH_2000_MILLIS) * 1000);
  }

  public void array(short @Nullable [] values) throws SQLException {
    write(data -> {
      if (beginArray(data, values == null ? -1 : values.length, INT2_OID, Short.BYTES)) {
        for (short value : java.util.Objects.requireNonNull(values)) {
          data.writeInt(Short.BYTES);
          data.writeShort(value);
        }
      }
    });
  }

  public void array(int @Nullable [] values) throws SQLException {
    write(data -> {
      if (beginArray(data, values == null ? -1 : values.length, INT4_OID, Integer.BYTES)) {
        for (int value : java.util.Objects.requireNonNull(values)) {
          data.writeInt(Integer.BYTES);
          data.writeInt(value);
        }
      }
    });
  }

  public void array(double @Nullable [] values) throws SQLException {
    write(data -> {
      if (beginArray(data, values == null ? -1 : values.length, FLOAT8_OID, Double.BYTES)) {
        for (double value : java.util.Objects.requireNonNull(values)) {
          data.writeInt(Double.BYTES);
          data.writeDouble(value);
        }
      }
    });
  }

  /** Ends, and tells how many rows went in. */
  public long end() throws SQLException {
    write(data -> data.writeShort(-1));
    send();
    return copy.endCopy();
  }

  /** Gives up unless {@link #end} was reached; the transaction fails. */
  public void cancelIfActive() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private static boolean beginArray(DataOutputStream data, int length, int type, int elementBytes)
      throws IOException {
    if (length < 0) {
      data.writeInt(-1);
      return false;
    }
    data.writeInt(20 + length * (Integer.BYTES + elementBytes));
    data.writeInt(1); // dimensions
    data.writeInt(0); // holds no null
    data.writeInt(type);
    data.writeInt(length);
    data.writeInt(1); // number of the first element
    return true;
  }

  private void send() throws SQLException {
    byte[] piece = bytes.toByteArray();
    copy.writeToCopy(piece, 0, piece.length);
    bytes.reset();
  }

  private void write(Writing writing) {
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream data) throws IOException;
  }
}
