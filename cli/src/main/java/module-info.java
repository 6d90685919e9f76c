/** The command line {@code akushu}: {@code demo}, {@code connect}, {@code serve}, {@code keys}, {@code lab} and {@code crypto}. Exports nothing. */
module dev.akushu.cli {
    requires dev.akushu.tls;
    requires dev.akushu.explain;
    requires dev.akushu.lab;
    requires info.picocli;
    requires com.fasterxml.jackson.jr.ob;
    requires java.logging;
    requires static org.jspecify;

    // With all that Redis needs, so the launcher adds it only when Ticket Keys are in a store.
    requires static dev.akushu.fleet;

    // Likewise, when one of their ways to compress certificates is named.
    requires static com.aayushatharva.brotli4j;
    requires static com.github.luben.zstd_jni;

    // Picocli finds options by their annotations.
    opens dev.akushu.cli to
            info.picocli;
    opens dev.akushu.cli.option to
            info.picocli;
    opens dev.akushu.cli.demo to
            info.picocli;
    opens dev.akushu.cli.connect to
            info.picocli;
    opens dev.akushu.cli.keys to
            info.picocli;
    opens dev.akushu.cli.serve to
            info.picocli;
    opens dev.akushu.cli.lab to
            info.picocli;
    opens dev.akushu.cli.crypto to
            info.picocli;
    opens dev.akushu.cli.policy to
            info.picocli;
}
