package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.unit.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is stored is converted as what is read: the migration's rows are the unit table's. */
class CanonicalUnitsTest {
  private static final Pattern ROW =
      Pattern.compile("\\('([^']+)', '([^']+)', ([0-9]+), ([0-9]+)\\)");

  @Test
  void theMigrationConvertsAsTheReadersDo() throws IOException {
    String sql;
    try (InputStream in =
        Objects.requireNonNull(
            CanonicalUnitsTest.class.getResourceAsStream("migrations/V055__canonical_units.sql"))) {
      sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Matcher row = ROW.matcher(sql);
    int rows = 0;
    while (row.find()) {
      Unit unit = Unit.of(row.group(1));
      assertEquals(unit.symbol(), row.group(2), row.group());
      assertEquals(unit.times(), new BigDecimal(row.group(3)), row.group());
      assertEquals(unit.by(), new BigDecimal(row.group(4)), row.group());
      rows++;
    }
    assertTrue(rows > 700, rows + " rows");
    for (String unit : new String[] {"ns", "us", "ms", "MBy/s", "{operation}/ms", "GiBy/s", "%"}) {
      assertTrue(sql.contains("('" + unit + "', "), unit);
    }
  }
}
