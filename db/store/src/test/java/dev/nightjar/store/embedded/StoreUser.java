package dev.nightjar.store.embedded;

import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.folder.ServerUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that uses the stores as it is told by lines on standard input: {@code open} and {@code
 * close}, each answered by the server's process, and {@code stop}, answered by the folders of the
 * data and of the programs. Ends with its input.
 */
final class StoreUser {
  private StoreUser() {}

  public static void main(String[] arguments) throws IOException {
    StoreSettings settings = StoreSettings.fromEnvironment(System.getenv());
    Deque<Stores> open = new ArrayDeque<>();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      switch (order) {
        case "open" -> {
          open.push(Stores.open(settings));
          requireRedis(open.peek());
          System.out.println(server(settings));
        }
        case "close" -> {
          open.pop().close();
          System.out.println(server(settings));
        }
        default -> stop(settings);
      }
    }
    open.forEach(Stores::close);
  }

  private static long server(StoreSettings settings) {
    return Stores.embedded(settings).status().postgres().orElseThrow().pid();
  }

  private static void requireRedis(Stores stores) {
    stores
        .redisAbsence()
        .ifPresent(reason -> {
          throw new IllegalStateException(reason);
        });
  }

  private static void stop(StoreSettings settings) {
    EmbeddedStores stores = Stores.embedded(settings);
    stores.stop(true);
    while (stores.status().hasWatcher()) {
      LockSupport.parkNanos(50_000_000);
    }
    System.out.println(ServerUser.current().reachable(settings.dataFolder()));
    System.out.println(ServerUser.current().reachable(settings.cacheFolder()));
  }
}
