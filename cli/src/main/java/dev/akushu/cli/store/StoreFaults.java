package dev.akushu.cli.store;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Failure;
import dev.akushu.tls.TlsException;

/** Tells a person what is wrong with a store while things go on. */
final class StoreFaults {
    private final Console console;

    StoreFaults(Console console) {
        this.console = console;
    }

    void tell(TlsException fault) {
        Failure failure = Failure.of(fault.diagnosis(), console.words());
        console.warn(console.words().text("store.fault", failure.cause(), failure.remedy()));
    }
}
