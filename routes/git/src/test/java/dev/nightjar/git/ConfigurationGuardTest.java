package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What git is told about each key of a repository's own that names a program. */
class ConfigurationGuardTest {
  @ParameterizedTest
  @CsvSource({
    "core.fsmonitor, false",
    "core.sshcommand, ssh",
    "core.gitproxy, none",
    "core.askpass, ''",
    "core.editor, :",
    "core.alternaterefscommand, :",
    "credential.helper, ''",
    "credential.https://a.example.helper, ''",
    "filter.a.b.smudge, ''",
    "filter.lfs.process, ''",
    "filter.lfs.required, false",
    "diff.external, ''",
    "diff.x.textconv, ''",
    "merge.x.driver, ''",
    "remote.origin.uploadpack, git-upload-pack",
    "remote.origin.vcs, ''",
    "protocol.ext.allow, never",
    "protocol.odd.allow, never",
    "protocol.https.allow, always",
    "protocol.allow, never",
    "gpg.program, false",
  })
  void aKeyOfTheRepositorysOwnIsDisarmed(String key, String value) {
    assertEquals(value, said("local\0" + key + "\ntouch /tmp/ran\0").get(key));
    assertEquals(value, said("worktree\0" + key + "\ntouch /tmp/ran\0").get(key));
  }

  @Test
  void whatRunsNothingStaysAsItIs() {
    Map<String, String> said =
        said("local\0core.bare\nfalse\0local\0extensions.partialclone\norigin\0local\0user.name\0");

    assertEquals(said(""), said);
  }

  @Test
  void theUsersOwnWordHoldsInPlaceOfTheRepositorys() {
    String listing =
        "system\0credential.helper\nstore\0global\0filter.lfs.smudge\ngit-lfs smudge -- %f\0"
            + "local\0filter.lfs.smudge\nevil\0local\0credential.helper\nevil\0";

    assertEquals("git-lfs smudge -- %f", said(listing).get("filter.lfs.smudge"));
    assertEquals(List.of("", "store"), allSaid(listing, "credential.helper"));
  }

  @Test
  void allTransportsAtOnceAreThoseThatGitBringsAlong() {
    Map<String, String> said = said("local\0protocol.allow\nalways\0");

    assertEquals("always", said.get("protocol.ssh.allow"));
    assertEquals("never", said.get("protocol.ext.allow"));
  }

  private static Map<String, String> said(String listing) {
    Map<String, String> environment = ConfigurationGuard.against(listing);
    Map<String, String> said = new java.util.TreeMap<>();
    for (int i = 0; i < Integer.parseInt(environment.get("GIT_CONFIG_COUNT")); i++) {
      said.put(environment.get("GIT_CONFIG_KEY_" + i), environment.get("GIT_CONFIG_VALUE_" + i));
    }
    return said;
  }

  private static List<String> allSaid(String listing, String key) {
    Map<String, String> environment = ConfigurationGuard.against(listing);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(environment.get("GIT_CONFIG_COUNT")); i++) {
      if (key.equals(environment.get("GIT_CONFIG_KEY_" + i))) {
        values.add(String.valueOf(environment.get("GIT_CONFIG_VALUE_" + i)));
      }
    }
    return values;
  }
}
