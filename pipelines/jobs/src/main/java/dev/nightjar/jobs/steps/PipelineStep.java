package dev.nightjar.jobs.steps;

/** One step of a pipeline. */
public interface PipelineStep {
  /**
   * Does the step, or goes on with it.
   *
   * @return what came of it, for people
   */
  String run(RunContext context) throws Exception;
}
