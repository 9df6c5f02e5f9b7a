import java.io.StringReader;
import java.io.StringWriter;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Writes records and reads them back, some of them quoted. */
public class CsvDriver {
  public static void main(String[] arguments) throws Exception {
    long sum = 0;
    for (int round = 0; round < 60; round++) {
      StringWriter text = new StringWriter();
      try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT)) {
        for (int i = 0; i < 4000; i++) {
          printer.printRecord(i, "plain" + i, "with, comma " + i, "with \"quote\"", i * 0.25, "");
        }
      }
      try (CSVParser parser =
          CSVParser.parse(new StringReader(text.toString()), CSVFormat.DEFAULT)) {
        for (CSVRecord record : parser) {
          sum += record.get(1).length() + record.get(3).length();
        }
      }
    }
    System.out.println(sum);
  }
}
