package dev.nightjar.formats.reading;

import java.util.List;

/**
 * A file that could not be read as a whole, so that nobody knows what else it held: it is cut off,
 * or most of its records are none.
 *
 * @param clause what of it could not be read, with its place and without a full stop
 * @param kept what was read of it all the same
 */
public record DamagedFile(String clause, List<ResultValue> kept) {
  public DamagedFile {
    kept = List.copyOf(kept);
  }
}
