package dev.nightjar.kernel;

import java.util.ServiceLoader;

/** The platform of this system, looked for when it is first asked for. */
final class CurrentPlatform {
  static final HostPlatform INSTANCE =
      ServiceLoader.load(HostPlatform.class, HostPlatform.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .filter(HostPlatform::isHere)
          .findFirst()
          .orElseGet(PlainPlatform::new);

  private CurrentPlatform() {}
}
