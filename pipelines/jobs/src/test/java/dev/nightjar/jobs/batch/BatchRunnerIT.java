package dev.nightjar.jobs.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.jobs.ledger.LedgerStores;
import dev.nightjar.store.Database;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRunnerIT {
  @RegisterExtension static final LedgerStores stores = new LedgerStores();

  private static final String OURS =
      " where job_execution_id in (select job_execution_id from batch.batch_job_execution_params"
          + " where parameter_value = ?)";

  private final UUID runId = UUID.randomUUID();
  private final List<String> done = new ArrayList<>();
  private boolean isSecondFailing;

  private void run() throws Exception {
    Map<String, StepWork> recipe = new LinkedHashMap<>();
    recipe.put("first", () -> done.add("first"));
    recipe.put(
        "second",
        () -> {
          done.add("second");
          if (isSecondFailing) {
            throw new IllegalStateException("no");
          }
        });
    new BatchRunner(database()).run("test", runId, recipe);
  }

  private static Database database() {
    return stores.stores().database();
  }

  @Test
  void stepsThatAreDoneAreNotDoneAgain() throws Exception {
    isSecondFailing = true;
    assertThrows(IllegalStateException.class, this::run);
    isSecondFailing = false;
    run();
    assertEquals(List.of("first", "second", "second"), done);
  }

  /** The run's own row tells whether it has ended; Batch had ended it before the kill. */
  @Test
  void aJobThatIsCompleteHasNothingLeftToDo() throws Exception {
    run();
    run();
    assertEquals(List.of("first", "second"), done);
  }

  /** What a kill leaves of a job whose second step was not done. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "in a step;             update batch.batch_step_execution set status = 'STARTED', end_time"
            + " = null",
        "before the job's end;  update batch.batch_job_execution set status = 'STARTED', end_time ="
            + " null",
        "before its first step; update batch.batch_job_execution set status = 'STARTING',"
            + " start_time = null, end_time = null",
        "an unwritten end;      update batch.batch_job_execution set status = 'UNKNOWN'",
        "an unwritten step;     update batch.batch_step_execution set status = 'UNKNOWN'",
      })
  void isGoneOnWith(String kill, String left) throws Exception {
    isSecondFailing = true;
    assertThrows(IllegalStateException.class, this::run);
    change(left + OURS + (left.contains("step_execution") ? " and step_name = 'second'" : ""));
    isSecondFailing = false;
    run();
    assertEquals(List.of("first", "second", "second"), done, kill);
  }

  /** Batch makes the two apart, and refused to begin such an instance for ever. */
  @Test
  void anInstanceWithoutAnExecutionIsBegun() throws Exception {
    isSecondFailing = true;
    assertThrows(IllegalStateException.class, this::run);
    change(
        "delete from batch.batch_step_execution_context where step_execution_id in"
            + " (select step_execution_id from batch.batch_step_execution"
            + OURS
            + ")");
    change("delete from batch.batch_step_execution" + OURS);
    change("delete from batch.batch_job_execution_context" + OURS);
    change("update batch.batch_job_execution set exit_message = 'gone'" + OURS);
    change("delete from batch.batch_job_execution_params where parameter_value = ?");
    change("delete from batch.batch_job_execution where exit_message = 'gone' and ? <> ''");
    done.clear();
    isSecondFailing = false;
    run();
    assertEquals(List.of("first", "second"), done);
  }

  private void change(String sql) {
    int _ =
        database()
            .read(
                "leaving what a kill leaves",
                connection -> {
                  try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, runId.toString());
                    return statement.executeUpdate();
                  }
                });
  }
}
