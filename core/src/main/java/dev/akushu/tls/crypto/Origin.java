package dev.akushu.tls.crypto;

import java.lang.module.ModuleDescriptor;
import java.security.Provider;
import java.util.Optional;

/**
 * Who does the work of a primitive.
 *
 * @param name a security provider's name, such as {@code SunEC}; the name of the class where an application brought it
 * @param version as its makers count; empty if it has none
 */
public record Origin(String name, String version) {
    /** The provider, with the version of its module or jar where that is known: what providers say of themselves may be older. */
    static Origin of(Provider provider) {
        Class<?> type = provider.getClass();
        String version = Optional.ofNullable(type.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()))
                .orElse(provider.getVersionStr());
        return new Origin(provider.getName(), version);
    }

    /** Something that an application brought. */
    static Origin of(Object brought) {
        return new Origin(brought.getClass().getName(), "");
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
