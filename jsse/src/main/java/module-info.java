/** The JSSE provider {@code Akushu}: what Java programs know as SSLContext, SSLEngine and SSLSocket, over the core. */
module dev.akushu.jsse {
    requires transitive dev.akushu.tls;
    requires jdk.jfr;
    requires static org.jspecify;

    exports dev.akushu.jsse;

    provides java.security.Provider with
            dev.akushu.jsse.AkushuProvider;
}
