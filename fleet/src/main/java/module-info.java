/** Ticket Keys and replay protection that many servers share in Redis or Valkey; begin with {@link dev.akushu.fleet.Fleet}. */
module dev.akushu.fleet {
    requires transitive dev.akushu.tls;
    requires dev.akushu.jsse;
    requires lettuce.core;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires static micrometer.core;
    requires static org.jspecify;

    exports dev.akushu.fleet;
}
