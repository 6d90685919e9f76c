package dev.akushu.bench.stack;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** BoringSSL by netty-tcnative, with the trust manager that Netty takes, which is the JDK's. */
final class NettyStack implements Stack {
    NettyStack() {
        if (!OpenSsl.isAvailable()) {
            throw new IllegalStateException(OpenSsl.unavailabilityCause());
        }
    }

    @Override
    public Ends open(Scenario scenario, Servers servers, X509Certificate trusted) throws SSLException {
        String[] groups = {scenario.groupName()};
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols("TLSv1.3")
                .trustManager(trusted)
                .endpointIdentificationAlgorithm("HTTPS")
                .option(OpenSslContextOption.GROUPS, groups)
                .build();
        if (scenario.isResumed()) {
            ((OpenSslSessionContext) client.sessionContext()).setSessionCacheEnabled(true);
        }
        List<SslContext> all = new ArrayList<>();
        for (Servers.Server server : servers.all()) {
            all.add(server(scenario, server, groups));
        }
        return new NettyEnds(client, all);
    }

    private static SslContext server(Scenario scenario, Servers.Server server, String[] groups) throws SSLException {
        SslContext context = SslContextBuilder.forServer(
                        server.key(), server.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols("TLSv1.3")
                .option(OpenSslContextOption.GROUPS, groups)
                .build();
        if (scenario.isResumed()) {
            ((OpenSslSessionContext) context.sessionContext())
                    .setTicketKeys(new OpenSslSessionTicketKey(random(16), random(16), random(16)));
        }
        return context;
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SecureRandom().nextBytes(octets);
        return octets;
    }

    private record NettyEnds(SslContext context, List<SslContext> all) implements Ends, ServerHandlers {
        @Override
        public End client(int port) throws SSLException {
            return new NettyEnd(context.newEngine(ByteBufAllocator.DEFAULT, Servers.HOST, port));
        }

        @Override
        public End server(int number) throws SSLException {
            return new NettyEnd(all.get(number).newEngine(ByteBufAllocator.DEFAULT));
        }

        @Override
        public SslHandler handler(ByteBufAllocator allocator) {
            return all.getFirst().newHandler(allocator);
        }

        @Override
        public int count() {
            return all.size();
        }

        @Override
        public boolean areNative() {
            return true;
        }
    }

    private static final class NettyEnd extends JsseEnd {
        private final SSLEngine engine;

        NettyEnd(SSLEngine engine) throws SSLException {
            super(engine);
            this.engine = engine;
        }

        @Override
        boolean tellsLate() {
            return true;
        }

        @Override
        public void release() {
            ReferenceCountUtil.release(engine);
        }
    }
}
