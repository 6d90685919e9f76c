package io.netty.handler.ssl;

import dev.akushu.jsse.AkushuProvider;
import java.security.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/**
 * Netty's own tests of the JDK's engines, with Akushu at both ends: all that it runs for TLS 1.3, with heap and direct
 * buffers, and tasks run at once or by others. It has to be in Netty's package.
 *
 * <p>Left out are the tests that need TLS 1.2 by what they do, whatever version they are told: each is named below.
 */
class AkushuEngineTest extends JdkSslEngineTest {
    private static final Provider AKUSHU = new AkushuProvider();

    private static final String NEEDS_TLS_1_2 = "needs TLS 1.2, which Akushu does not speak: ";

    @Override
    protected @Nullable Provider clientSslContextProvider() {
        return AKUSHU;
    }

    @Override
    protected @Nullable Provider serverSslContextProvider() {
        return AKUSHU;
    }

    /** Whether to run the tests with {@code param}. */
    boolean runs(SSLEngineTestParam param) {
        return param.combo() == ProtocolCipherCombo.tlsv13();
    }

    @Override
    protected List<SSLEngineTestParam> newTestParams() {
        List<SSLEngineTestParam> params = super.newTestParams();
        params.removeIf(param -> !runs(param));
        return params;
    }

    /** The type of these parameters is private to Netty's class, and so is the field that tells Conscrypt's apart. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    List newJdkParams() {
        List params = super.newJdkParams();
        params.removeIf(
                param -> !runs((SSLEngineTestParam) param) || param.toString().contains("CONSCRYPT"));
        return params;
    }

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "the server is given one cipher suite of TLS 1.2 and has to fall back to that version")
    public void testTLSv13DisabledIfNoValidCipherSuiteConfigured() {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "both ends are given one cipher suite of TLS 1.2 and no other")
    public void testHandshakeCompletesWithNonContiguousProtocolsTLSv1_2CipherOnly(SSLEngineTestParam param) {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "both ends are given one cipher suite of TLS 1.2 and no other")
    public void testHandshakeCompletesWithoutFilteringSupportedCipher(SSLEngineTestParam param) {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "one end is given a cipher suite of TLS 1.2 alone, the other one of TLS 1.3")
    public void testIncompatibleCiphers(SSLEngineTestParam param) {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "it sets that version for itself")
    public void testExtraDataInLastSrcBufferForClientUnwrap() {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "it sets that version for itself")
    public void testCloseNotifySequence(SSLEngineTestParam param) {}

    @Override
    @Test
    @Disabled(NEEDS_TLS_1_2 + "it enables no version at first, and then TLS 1.2")
    public void testEnablingAnAlreadyDisabledSslProtocol(SSLEngineTestParam param) {}
}
