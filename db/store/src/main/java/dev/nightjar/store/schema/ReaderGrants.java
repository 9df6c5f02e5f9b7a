package dev.nightjar.store.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the role that reads is granted: the public views, and the way to them.
 *
 * <p>Only what it lacks, so that a query costs one SELECT more. The way to the views is its owner's
 * to grant; where that is somebody else, it is open to everybody unless they have closed it.
 */
final class ReaderGrants {
  private static final String LACKING =
      """
      select format('grant select on public.%I to %I', view, role)
      from unnest(?::text[]) as view, (select ?::name) as reader (role)
      where not has_table_privilege(role, to_regclass(format('public.%I', view)), 'select')
      union all
      select format('grant usage on schema public to %I', role)
      from (select ?::name) as reader (role)
      where not has_schema_privilege(role, 'public', 'usage')
        and has_schema_privilege('public', 'usage with grant option')
      union all
      select format('grant connect on database %I to %I', current_database(), role)
      from (select ?::name) as reader (role)
      where not has_database_privilege(role, current_database(), 'connect')
        and has_database_privilege(current_database(), 'connect with grant option')\
      """;

  private ReaderGrants() {}

  static void complete(Connection connection, String role) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String grant : lacking(connection, role)) {
        statement.execute(grant);
      }
    }
  }

  private static List<String> lacking(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LACKING)) {
      statement.setArray(1, connection.createArrayOf("text", ReaderRole.VIEWS.toArray()));
      for (int i = 2; i <= 4; i++) {
        statement.setString(i, role);
      }
      List<String> grants = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          grants.add(row.getString(1));
        }
      }
      return grants;
    }
  }
}
