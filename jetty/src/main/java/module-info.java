/**
 * Lets Jetty agree on an application protocol, HTTP/2 for instance, over the provider {@code Akushu}. There is nothing to
 * call: Jetty finds the two services by itself once this module, or its jar on the class path, is there.
 */
module dev.akushu.jetty {
    requires dev.akushu.jsse;
    requires org.eclipse.jetty.io;
    requires static org.eclipse.jetty.alpn.client;
    requires static org.eclipse.jetty.alpn.server;
    requires static org.jspecify;

    provides org.eclipse.jetty.io.ssl.ALPNProcessor.Client with
            dev.akushu.jetty.ClientProtocols;
    provides org.eclipse.jetty.io.ssl.ALPNProcessor.Server with
            dev.akushu.jetty.ServerProtocols;
}
