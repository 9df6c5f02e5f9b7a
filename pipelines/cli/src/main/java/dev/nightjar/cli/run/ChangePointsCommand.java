package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.gate.statistics.series.ChangePointsJson;
import dev.nightjar.gate.statistics.series.Kinks;
import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code nightjar changepoints}: finds where a series of numbers stepped, and where its slope
 * broke.
 */
public final class ChangePointsCommand implements Command {
  private static final long BYTES_MAX = 64 << 20;

  @Override
  public String name() {
    return "changepoints";
  }

  @Override
  public String summary() {
    return "Find the steps and kinks in a series of numbers, given as JSON.";
  }

  @Override
  public String operands() {
    return "FILE.json|-";
  }

  @Override
  public boolean concernsRepository() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar changepoints series.json              {\"series\":[1.5,1.4,null,1.6,2.8,2.9,2.8,2.7]}",
        "echo '{\"series\":[1,1,1,1,5,5,5,5]}' | nightjar changepoints -");
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.operands().size() != 1) {
      throw new Failure.Misuse(
          "changepoints takes one file, or - for standard input: 'nightjar changepoints series.json'.");
    }
    String operand = invocation.operands().getFirst();
    double[] series =
        operand.equals("-")
            ? ChangePointsJson.read(
                InputFile.bounded(invocation.in(), BYTES_MAX, "Standard input"), "Standard input")
            : read(invocation, operand);
    List<ChangePoint> steps = ChangePoints.detect(series);
    invocation.out().println(ChangePointsJson.write(steps, Kinks.detect(series, steps)));
    return ExitCode.DONE;
  }

  private static double[] read(Invocation invocation, String operand) {
    Path file = invocation.path("The file", operand);
    try (InputStream in = InputFile.of(file, BYTES_MAX).stream()) {
      return ChangePointsJson.read(in, operand);
    } catch (IOException e) {
      throw new Failure.Misuse(
          "The file " + operand + " cannot be read: check its name and that it is yours.", e);
    }
  }
}
