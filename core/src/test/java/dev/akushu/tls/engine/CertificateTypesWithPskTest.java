package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.SelectedClientCertificateType;
import dev.akushu.tls.wire.SelectedServerCertificateType;
import dev.akushu.tls.wire.ServerHello;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of certificates beside external pre-shared keys, by which nobody shows any. RFC 7250 section 4.2, RFC 9846 section 4.5.1. */
class CertificateTypesWithPskTest {
    private static final KeyPair SERVER = TestKey.ED25519.fresh();
    private static final KeyPair CLIENT = TestKey.P256.fresh();
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);

    @Test
    void aKeyGoesBeforeWhateverTheTwoCouldShow() throws TlsException {
        EnginePair pair = EnginePair.connected(client(), server(LAMP));

        for (TlsSession session : List.of(pair.client().session(), pair.server().session())) {
            assertThat(session.externalPsk()).isEqualTo(LAMP.identity());
            assertThat(session.rawPublicKey()).isNull();
            assertThat(session.localCertificates()).isEmpty();
        }
        pair.server().input(pair.client().seal("hello"));
        assertThat(pair.server().received()).isEqualTo("hello");
    }

    @Test
    void withoutACommonKeyBothShowTheirPublicKeys() throws TlsException {
        EnginePair pair = EnginePair.connected(client(), server(ExternalPsk.of("door", new byte[32])));

        assertThat(pair.client().session().externalPsk()).isNull();
        assertThat(pair.client().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(SERVER.getPublic().getEncoded()));
        assertThat(pair.server().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(CLIENT.getPublic().getEncoded()));
    }

    /** The client offers to be asked later too, but who is proved by a pre-shared key never is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTypesAreAnsweredOnlyWhereSomethingMayBeShown(boolean keyIsKnown) throws TlsException {
        Talk talk = new Talk(client(), server(keyIsKnown ? LAMP : ExternalPsk.of("door", new byte[32])));
        ClientHello hello = Honest.next(talk, Role.SERVER, ClientHello.class);
        assertThat(hello.extensions().types())
                .contains(
                        ExtensionType.CLIENT_CERTIFICATE_TYPE,
                        ExtensionType.SERVER_CERTIFICATE_TYPE,
                        ExtensionType.POST_HANDSHAKE_AUTH,
                        ExtensionType.PRE_SHARED_KEY);

        ServerHello answer = (ServerHello) Honest.answer(talk, hello);
        EncryptedExtensions encrypted = Honest.next(talk, Role.CLIENT, EncryptedExtensions.class);

        assertThat(answer.extensions().has(ExtensionType.PRE_SHARED_KEY)).isEqualTo(keyIsKnown);
        assertThat(encrypted.extensions().find(SelectedClientCertificateType.class))
                .isEqualTo(keyIsKnown ? null : new SelectedClientCertificateType(CertificateType.RAW_PUBLIC_KEY));
        assertThat(encrypted.extensions().find(SelectedServerCertificateType.class))
                .isEqualTo(keyIsKnown ? null : new SelectedServerCertificateType(CertificateType.RAW_PUBLIC_KEY));
    }

    private static TlsClient client() throws TlsException {
        return TlsClient.rawKeyBuilder(RawKeyTrust.pinned(List.of(SERVER.getPublic())))
                .identity(identity(CLIENT))
                .postHandshakeAuthentication(true)
                .externalPsks(LAMP)
                .build();
    }

    private static TlsServer server(ExternalPsk key) throws TlsException {
        return TlsServer.builder(identity(SERVER))
                .rawClientAuthentication(ClientAuthentication.WANTED, RawKeyTrust.pinned(List.of(CLIENT.getPublic())))
                .externalPsks(PskSource.of(List.of(key)))
                .build();
    }

    private static Identity identity(KeyPair pair) throws TlsException {
        return Identity.ofRawKey(pair.getPublic(), pair.getPrivate(), Crypto.jdk());
    }
}
