/** The lab: a web page on which a person watches, opens and breaks real handshakes. Served to this machine alone. */
module dev.akushu.lab {
    requires static org.jspecify;
    requires transitive dev.akushu.tls;
    requires transitive dev.akushu.explain;
    requires dev.akushu.jsse;
    requires jdk.httpserver;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.jr.ob;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.pkix;

    exports dev.akushu.lab;
    exports dev.akushu.lab.keep;
    exports dev.akushu.lab.record;
    exports dev.akushu.lab.throwaway;
}
