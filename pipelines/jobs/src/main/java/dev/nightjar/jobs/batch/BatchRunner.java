package dev.nightjar.jobs.batch;

import dev.nightjar.store.Database;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.NestedRuntimeException;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/** Runs a recipe of named steps as a Spring Batch job whose state outlives the process. */
public final class BatchRunner {
  private static final String TABLE_PREFIX = "batch.BATCH_";

  private final Database database;
  private final JobRepository repository;
  private final TaskExecutorJobOperator operator;

  /** A runner whose state is kept in the given database. */
  public BatchRunner(Database database) throws Exception {
    this.database = database;
    DataSource dataSource = database.dataSource();
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(dataSource);
    factory.setTransactionManager(new DataSourceTransactionManager(dataSource));
    factory.setDatabaseType("POSTGRES");
    factory.setTablePrefix(TABLE_PREFIX);
    // Batch's own default, serializable, makes runs beside each other fail at random. It guards
    // against two that create one instance: here the run's lock does, and the unique key.
    factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
    factory.afterPropertiesSet();
    repository = factory.getObject();
    operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    operator.setTaskExecutor(new SyncTaskExecutor());
    operator.afterPropertiesSet();
  }

  /**
   * Runs the steps that this run has not completed yet. The caller holds the run's lock, so an
   * execution that still counts as running belongs to a process that died, and is recovered; so is
   * one whose end could not be written, as on a full disk.
   *
   * @param steps the recipe, in its order
   * @throws Exception what made a step fail
   */
  public void run(String pipeline, UUID runId, Map<String, StepWork> steps) throws Exception {
    JobParameters parameters =
        new JobParametersBuilder().addString("run", runId.toString()).toJobParameters();
    try {
      if (isComplete(pipeline, parameters)) {
        return; // killed before the run's own row said so, which is what counts
      }
      recoverDead(pipeline, parameters);
      JobExecution execution = operator.start(job(pipeline, steps), parameters);
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw failureOf(execution);
      }
    } catch (NestedRuntimeException e) {
      throw database.failure(e, "noting how far the run is").orElse(e);
    }
  }

  private boolean isComplete(String pipeline, JobParameters parameters) {
    @Nullable JobExecution last = repository.getLastJobExecution(pipeline, parameters);
    return last != null && last.getStatus() == BatchStatus.COMPLETED;
  }

  private void recoverDead(String pipeline, JobParameters parameters) {
    @Nullable JobExecution last = repository.getLastJobExecution(pipeline, parameters);
    if (last == null) {
      forgetUnbegun(pipeline, parameters);
      return;
    }
    if (last.isRunning()) {
      operator.recover(last);
    }
    // Batch restarts nothing whose outcome is unknown, nor what seems to go on; our steps are
    // written to be called again.
    for (StepExecution step : last.getStepExecutions()) {
      if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
        step.setStatus(BatchStatus.FAILED);
        step.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(step);
      }
    }
    if (last.getStatus() == BatchStatus.UNKNOWN) {
      last.setStatus(BatchStatus.FAILED);
      repository.update(last);
    }
  }

  /** Batch makes an instance and its first execution apart, and begins no instance without one. */
  private void forgetUnbegun(String pipeline, JobParameters parameters) {
    @Nullable JobInstance unbegun = repository.getJobInstance(pipeline, parameters);
    if (unbegun != null) {
      repository.deleteJobInstance(unbegun);
    }
  }

  private Job job(String pipeline, Map<String, StepWork> steps) {
    List<Step> recipe =
        steps.entrySet().stream().map(entry -> step(entry.getKey(), entry.getValue())).toList();
    SimpleJobBuilder builder = new JobBuilder(pipeline, repository).start(recipe.getFirst());
    recipe.stream().skip(1).forEach(builder::next);
    return builder.build();
  }

  private Step step(String name, StepWork work) {
    return new StepBuilder(name, repository)
        .tasklet((contribution, context) -> {
          work.run();
          return RepeatStatus.FINISHED;
        })
        .build();
  }

  private static Exception failureOf(JobExecution execution) {
    for (Throwable failure : execution.getAllFailureExceptions()) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof Exception exception) {
        return exception;
      }
    }
    return new IllegalStateException(
        "the job ended as " + execution.getStatus() + " and said no reason");
  }
}
