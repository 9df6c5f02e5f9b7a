package dev.nightjar.doors.comment;

import dev.nightjar.model.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pull request that a CI job is about, by the variables of its server.
 *
 * @param thread its comments
 * @param job tells this job's comment from others'
 * @param link leads to the run of the job; empty where the server does not say
 */
public record CiReview(ReviewThread thread, String job, Optional<String> link) {
  private static final Pattern GITHUB_REF = Pattern.compile("refs/pull/(\\d{1,12})/.*");
  private static final Pattern GITHUB_CHANGE =
      Pattern.compile("https?://([^/]+)/([^/]+/[^/]+)/pull/(\\d{1,12})/?");
  private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
  private static final String GITHUB = "https://api.github.com";

  /**
   * The pull request.
   *
   * @return empty where the job is about none
   * @throws Failure.Misuse when there is one, and no token to comment with
   */
  public static Optional<CiReview> of(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Optional<ReviewThread> thread =
        variables.has("CI_MERGE_REQUEST_IID") ? gitlab(variables) : github(variables);
    return thread.map(found ->
        new CiReview(
            found,
            variables.first("NIGHTJAR_COMMENT", "GITHUB_JOB", "CI_JOB_NAME", "JOB_NAME"),
            link(variables)));
  }

  /** Variables of which an empty one is none. */
  private record Variables(Map<String, String> environment) {
    String of(String name) {
      return environment.getOrDefault(name, "").strip();
    }

    boolean has(String name) {
      return !of(name).isEmpty();
    }

    /** The first that is there; empty when none is. */
    String first(String... names) {
      for (String name : names) {
        if (has(name)) {
          return of(name);
        }
      }
      return "";
    }

    String required(String name, String remedy) {
      if (!has(name)) {
        throw new Failure.Misuse("A comment needs the variable " + name + ": " + remedy);
      }
      return of(name);
    }

    long number(String name) {
      try {
        return Long.parseLong(of(name));
      } catch (NumberFormatException e) {
        throw new Failure.Misuse("The variable " + name + " is no number: '" + of(name) + "'.", e);
      }
    }
  }

  private static Optional<ReviewThread> gitlab(Variables variables) {
    String token =
        variables.required(
            "NIGHTJAR_GITLAB_TOKEN",
            "a project access token with the scope 'api', masked, among the project's CI/CD"
                + " variables; the job's own token may not comment.");
    return Optional.of(
        new GitlabThread(
            variables.required("CI_API_V4_URL", "GitLab's runners set it."),
            token,
            variables.number(
                variables.has("CI_MERGE_REQUEST_PROJECT_ID")
                    ? "CI_MERGE_REQUEST_PROJECT_ID"
                    : "CI_PROJECT_ID"),
            variables.number("CI_MERGE_REQUEST_IID"),
            page(variables)));
  }

  private static String page(Variables variables) {
    String project = variables.first("CI_MERGE_REQUEST_PROJECT_URL", "CI_PROJECT_URL");
    return project.isEmpty()
        ? ""
        : project + "/-/merge_requests/" + variables.of("CI_MERGE_REQUEST_IID");
  }

  /** By GitHub's own variables, or those that Jenkins has of a change there. */
  private static Optional<ReviewThread> github(Variables variables) {
    Matcher ref = GITHUB_REF.matcher(variables.of("GITHUB_REF"));
    String repository = variables.of("GITHUB_REPOSITORY");
    if (ref.matches() && REPOSITORY.matcher(repository).matches()) {
      return Optional.of(githubThread(variables, GITHUB, repository, ref.group(1)));
    }
    Matcher change = GITHUB_CHANGE.matcher(variables.of("CHANGE_URL"));
    return change.matches() && REPOSITORY.matcher(change.group(2)).matches()
        ? Optional.of(
            githubThread(variables, api(change.group(1)), change.group(2), change.group(3)))
        : Optional.empty();
  }

  private static ReviewThread githubThread(
      Variables variables, String address, String repository, String number) {
    return new GithubThread(
        variables.has("GITHUB_API_URL") ? variables.of("GITHUB_API_URL") : address,
        variables.required(
            "GITHUB_TOKEN",
            "in a workflow 'GITHUB_TOKEN: ${{ github.token }}', with 'pull-requests: write' among"
                + " its permissions."),
        repository,
        Long.parseLong(number));
  }

  private static String api(String host) {
    return host.equals("github.com") ? GITHUB : "https://" + host + "/api/v3";
  }

  private static Optional<String> link(Variables variables) {
    if (variables.has("GITHUB_RUN_ID")) {
      return Optional.of(
          variables.of("GITHUB_SERVER_URL")
              + "/"
              + variables.of("GITHUB_REPOSITORY")
              + "/actions/runs/"
              + variables.of("GITHUB_RUN_ID"));
    }
    return Optional.of(variables.first("CI_JOB_URL", "BUILD_URL"))
        .filter(address -> !address.isEmpty());
  }
}
