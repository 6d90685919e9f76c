package dev.akushu.interop.peer;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCertificateCompressionAlgorithm;
import io.netty.handler.ssl.OpenSslCertificateCompressionConfig;
import io.netty.handler.ssl.OpenSslCertificateCompressionConfig.AlgorithmMode;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Netty's engine over tcnative, which is BoringSSL: TLS 1.3 suites are not for the caller to choose. */
final class NettyPeer extends EnginePeer {
    @Override
    public String name() {
        return "netty-tcnative";
    }

    @Override
    public Abilities abilities() {
        Set<Feature> features = Abilities.everythingBut(
                Feature.CLIENT_KEY_LOG,
                Feature.SERVER_KEY_LOG,
                Feature.CLIENT_SENDS_KEY_UPDATE,
                Feature.SERVER_SENDS_KEY_UPDATE,
                Feature.CLIENT_CHOOSES_SUITES,
                Feature.SERVER_CHOOSES_SUITES);
        features.addAll(Set.of(
                Feature.CERTIFICATES_BY_ZLIB,
                Feature.CERTIFICATES_BY_BROTLI,
                Feature.CERTIFICATES_BY_ZSTD,
                Feature.SERVER_STAPLES,
                Feature.CLIENT_TELLS_STAPLED));
        return Abilities.of(
                List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"), KeyKind.COMMON, features);
    }

    @Override
    Engines clientEngines(ClientSpec spec, Witness witness) throws GeneralSecurityException, IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(trust(spec.certificates(), witness)[0])
                .sessionCacheSize(16);
        if (spec.identity() != null) {
            builder.keyManager(witness.keyManager(spec.identity()));
        }
        SslContext context = build(builder, spec.alpn(), spec.groups(), spec.suites());
        ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(true);
        return new NettyEngines(context) {
            @Override
            public SSLEngine next() {
                SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT, spec.serverName(), spec.port());
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                engine.setSSLParameters(parameters);
                return engine;
            }
        };
    }

    @Override
    Engines serverEngines(ServerSpec spec, Witness witness) throws GeneralSecurityException, IOException {
        SslContextBuilder builder = SslContextBuilder.forServer(witness.keyManager(spec.identity()))
                .trustManager(trust(spec.certificates(), witness)[0])
                .clientAuth(spec.asksClientCertificate() ? ClientAuth.REQUIRE : ClientAuth.NONE);
        SslContext context = build(builder, spec.alpn(), spec.groups(), spec.suites());
        Path response = spec.ocspResponse();
        byte @Nullable [] stapled = response == null ? null : Files.readAllBytes(response);
        return new NettyEngines(context) {
            @Override
            public SSLEngine next() {
                SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
                if (stapled != null) {
                    ((ReferenceCountedOpenSslEngine) engine).setOcspResponse(stapled);
                }
                return engine;
            }

            // Its server chooses a certificate for a resumption too, so it does not tell.
            @Override
            public Seen describe(SSLEngine engine, long started, Seen seen) {
                return seen.resumed(null);
            }
        };
    }

    private static SslContext build(
            SslContextBuilder builder, List<String> alpn, List<String> groups, List<String> suites) throws IOException {
        builder.sslProvider(SslProvider.OPENSSL).protocols("TLSv1.3").enableOcsp(true);
        if (!alpn.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    alpn));
        }
        if (!groups.isEmpty()) {
            builder.option(OpenSslContextOption.GROUPS, groups.toArray(String[]::new));
        }
        if (!suites.isEmpty()) {
            builder.ciphers(suites);
        }
        builder.option(
                OpenSslContextOption.CERTIFICATE_COMPRESSION_ALGORITHMS,
                OpenSslCertificateCompressionConfig.newBuilder()
                        .addAlgorithm(new Zlib(), AlgorithmMode.Both)
                        .addAlgorithm(new Brotli(), AlgorithmMode.Both)
                        .addAlgorithm(new Zstandard(), AlgorithmMode.Both)
                        .build());
        return builder.build();
    }

    /** BoringSSL leaves the work to its caller; this is the JDK's, not ours. */
    private static final class Zlib implements OpenSslCertificateCompressionAlgorithm {
        @Override
        public byte[] compress(SSLEngine engine, byte[] certificate) throws IOException {
            return new DeflaterInputStream(new ByteArrayInputStream(certificate)).readAllBytes();
        }

        @Override
        public byte[] decompress(SSLEngine engine, int length, byte[] compressed) throws IOException {
            return new InflaterInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        }

        @Override
        public int algorithmId() {
            return 1;
        }
    }

    /** By brotli4j itself. */
    private static final class Brotli implements OpenSslCertificateCompressionAlgorithm {
        Brotli() {
            Brotli4jLoader.ensureAvailability();
        }

        @Override
        public byte[] compress(SSLEngine engine, byte[] certificate) throws IOException {
            return Encoder.compress(certificate);
        }

        @Override
        public byte[] decompress(SSLEngine engine, int length, byte[] compressed) throws IOException {
            return Decoder.decompress(compressed).getDecompressedData();
        }

        @Override
        public int algorithmId() {
            return 2;
        }
    }

    /** By zstd-jni itself. */
    private static final class Zstandard implements OpenSslCertificateCompressionAlgorithm {
        @Override
        public byte[] compress(SSLEngine engine, byte[] certificate) {
            return Zstd.compress(certificate);
        }

        @Override
        public byte[] decompress(SSLEngine engine, int length, byte[] compressed) {
            return Zstd.decompress(compressed, length);
        }

        @Override
        public int algorithmId() {
            return 3;
        }
    }

    private abstract static class NettyEngines implements Engines {
        private final SslContext context;

        NettyEngines(SslContext context) {
            this.context = context;
        }

        @Override
        public void release(SSLEngine engine) {
            ReferenceCountUtil.release(engine);
        }

        @Override
        public void close() {
            ReferenceCountUtil.release(context);
        }
    }
}
