package dev.nightjar.gate.history;

import dev.nightjar.model.git.RepositoryFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a CI job, as its server tells them in variables: a job's clone has a detached
 * HEAD, and often nothing but the one commit, so that git itself knows no branch.
 *
 * <p>Some servers use a variable for other things as well; where they do, another variable tells,
 * and the first then counts for nothing.
 */
public final class CiBranch {
  private static final String PULL_REQUEST_REFS = "refs/(pull|changes|merge-requests|tags|for)/.*";

  /**
   * A variable that may hold a branch.
   *
   * @param counts whether it does in this environment
   */
  private record Variable(String name, Predicate<Map<String, String>> counts) {
    static Variable always(String name) {
      return new Variable(name, _ -> true);
    }

    /** What counts only while another variable is empty. */
    static Variable without(String name, String other) {
      return new Variable(name, environment -> value(environment, other) == null);
    }

    /** What counts only when another variable says something else than "false". */
    static Variable given(String name, String other) {
      return new Variable(
          name,
          environment -> {
            String said = value(environment, other);
            return said != null && !said.equals("false");
          });
    }
  }

  /** Of a pull request, the branch that it comes from; else the branch that was pushed. */
  private static final List<Variable> CHECKED_OUT =
      List.of(
          Variable.always("NIGHTJAR_BRANCH"),
          Variable.always("GITHUB_HEAD_REF"),
          Variable.always("FORGEJO_HEAD_REF"),
          Variable.always("GITEA_HEAD_REF"),
          Variable.always("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"), // GitLab
          Variable.always("CHANGE_BRANCH"), // Jenkins
          Variable.always("SYSTEM_PULLREQUEST_SOURCEBRANCH"), // Azure
          Variable.given("DRONE_SOURCE_BRANCH", "DRONE_PULL_REQUEST"),
          Variable.always("CI_COMMIT_SOURCE_BRANCH"), // Woodpecker
          Variable.always("TRAVIS_PULL_REQUEST_BRANCH"),
          Variable.always("APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH"),
          Variable.always("SEMAPHORE_GIT_PR_BRANCH"),
          Variable.always("GITHUB_REF"),
          Variable.always("FORGEJO_REF"),
          Variable.always("GITEA_REF"),
          Variable.without("GITHUB_REF_NAME", "GITHUB_REF"),
          Variable.without("FORGEJO_REF_NAME", "FORGEJO_REF"),
          Variable.without("GITEA_REF_NAME", "GITEA_REF"),
          Variable.without("CI_COMMIT_BRANCH", "CI_COMMIT_TAG"), // GitLab, Woodpecker
          Variable.without("CI_COMMIT_REF_NAME", "CI_COMMIT_TAG"),
          Variable.always("BUILD_SOURCEBRANCH"), // Azure
          Variable.without("BUILD_SOURCEBRANCHNAME", "BUILD_SOURCEBRANCH"),
          // Jenkins: PR-7 in a pull request, the tag's name for a tag.
          new Variable(
              "BRANCH_NAME",
              environment ->
                  value(environment, "CHANGE_ID") == null
                      && value(environment, "TAG_NAME") == null),
          Variable.always("GIT_LOCAL_BRANCH"),
          Variable.always("GIT_BRANCH"),
          Variable.without("BUILDKITE_BRANCH", "BUILDKITE_TAG"),
          Variable.always("CIRCLE_BRANCH"),
          Variable.always("BITBUCKET_BRANCH"),
          Variable.without("TRAVIS_BRANCH", "TRAVIS_TAG"),
          Variable.without("DRONE_BRANCH", "DRONE_TAG"),
          Variable.without("APPVEYOR_REPO_BRANCH", "APPVEYOR_REPO_TAG_NAME"),
          Variable.without("SEMAPHORE_GIT_BRANCH", "SEMAPHORE_GIT_TAG_NAME"),
          Variable.without("CIRRUS_BRANCH", "CIRRUS_PR"),
          Variable.always("CODEBUILD_WEBHOOK_HEAD_REF"),
          Variable.always("TEAMCITY_BUILD_BRANCH"),
          Variable.always("teamcity.build.branch"));

  /** The branch that a pull request goes into. */
  private static final List<Variable> TARGET =
      List.of(
          Variable.always("GITHUB_BASE_REF"),
          Variable.always("FORGEJO_BASE_REF"),
          Variable.always("GITEA_BASE_REF"),
          Variable.always("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"), // GitLab
          Variable.always("CHANGE_TARGET"), // Jenkins
          Variable.always("BITBUCKET_PR_DESTINATION_BRANCH"),
          Variable.always("SYSTEM_PULLREQUEST_TARGETBRANCH"), // Azure
          Variable.given("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_PULL_REQUEST"),
          Variable.given("DRONE_TARGET_BRANCH", "DRONE_PULL_REQUEST"),
          Variable.given("CI_COMMIT_TARGET_BRANCH", "CI_COMMIT_PULL_REQUEST"), // Woodpecker
          Variable.given("TRAVIS_BRANCH", "TRAVIS_PULL_REQUEST"),
          Variable.given("APPVEYOR_REPO_BRANCH", "APPVEYOR_PULL_REQUEST_NUMBER"),
          Variable.given("SEMAPHORE_GIT_BRANCH", "SEMAPHORE_GIT_PR_NUMBER"),
          Variable.given("CIRRUS_BASE_BRANCH", "CIRRUS_PR"),
          Variable.always("CODEBUILD_WEBHOOK_BASE_REF"),
          Variable.always("teamcity.pullRequest.target.branch"));

  /** The branch that the others come from and go back to. */
  private static final List<Variable> USUAL =
      List.of(
          Variable.always("CI_DEFAULT_BRANCH"), // GitLab
          Variable.always("CI_REPO_DEFAULT_BRANCH"), // Woodpecker
          Variable.always("DRONE_REPO_BRANCH"),
          Variable.always("BUILDKITE_PIPELINE_DEFAULT_BRANCH"),
          Variable.always("CIRRUS_DEFAULT_BRANCH"));

  private CiBranch() {}

  /** The branch that is checked out; absent when neither git nor a CI server knows one. */
  public static @Nullable String checkedOut(
      RepositoryFacts facts, Map<String, String> environment) {
    return facts.branch() != null ? facts.branch() : first(CHECKED_OUT, environment).orElse(null);
  }

  /** The branch that the pull request under way goes into; empty when there is none. */
  static Optional<String> target(Map<String, String> environment) {
    return first(TARGET, environment);
  }

  /** The repository's default branch; empty when neither git nor a CI server knows one. */
  static Optional<String> usual(RepositoryFacts facts, Map<String, String> environment) {
    return Optional.ofNullable(facts.defaultBranch()).or(() -> first(USUAL, environment));
  }

  private static Optional<String> first(List<Variable> variables, Map<String, String> environment) {
    return variables.stream()
        .filter(variable -> variable.counts.test(environment))
        .map(variable -> branch(value(environment, variable.name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The branch that a ref names; a tag or a pull request's ref names none. */
  private static Optional<String> branch(@Nullable String text) {
    if (text == null || text.matches(PULL_REQUEST_REFS)) {
      return Optional.empty();
    }
    String name = text.replaceFirst("^refs/(heads|remotes/origin)/|^origin/", "");
    boolean isNone =
        name.isEmpty()
            || name.equals("HEAD")
            || name.equals("<default>")
            || name.startsWith("refs/");
    return isNone ? Optional.empty() : Optional.of(name);
  }

  private static @Nullable String value(Map<String, String> environment, String name) {
    String text = environment.getOrDefault(name, "").strip();
    return text.isEmpty() ? null : text;
  }
}
