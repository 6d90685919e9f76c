/**
 * TLS 1.3 (RFC 9846) in Java: a sans-IO engine, sockets over it, tickets that the server need not remember, and typed events that tell every step.
 *
 * <p>Only {@code dev.akushu.tls}, {@code .crypto} and {@code .trace} are API; everything else may change at any time, what is exported to other modules of Akushu too.
 */
@SuppressWarnings("module") // The module below is built after this one.
module dev.akushu.tls {
    requires dev.akushu.curves;
    requires static org.jspecify;

    // For who brings them: CertificateCompression.brotli() and zstd().
    requires static com.aayushatharva.brotli4j;
    requires static com.github.luben.zstd_jni;

    // Likewise: Accelerator.accp() and conscrypt().
    requires static com.amazon.corretto.crypto.provider;
    requires static org.conscrypt;

    exports dev.akushu.tls;
    exports dev.akushu.tls.crypto;
    exports dev.akushu.tls.trace;
    // Certificates are read by one parser, and hosts written in one way.
    exports dev.akushu.tls.identity to
            dev.akushu.explain,
            dev.akushu.lab,
            dev.akushu.cli;
    exports dev.akushu.tls.file to
            dev.akushu.fleet,
            dev.akushu.cli;
}
