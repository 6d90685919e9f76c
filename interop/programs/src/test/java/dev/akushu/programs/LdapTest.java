package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TlsSession;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's LDAP client, which begins in the clear and puts TLS over the socket that there is: the socket stays its own. */
@Timeout(60)
class LdapTest {
    @Test
    void startTlsIsResumedAndThePasswordGoesOverIt() throws Exception {
        CountingTrust trust = Contexts.trust();
        RecordingSockets sockets =
                new RecordingSockets(Contexts.akushu(null, trust).getSocketFactory());
        try (LdapServer server = new LdapServer(Pki.SHARED.server())) {
            for (int connection = 1; connection <= 2; connection++) {
                bind("localhost", server, sockets);
            }
            assertThat(server.wasBoundOverTlsOnly()).isTrue();
            assertThat(server.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    /** LDAP's client does not leave the name to the trust manager. */
    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        RecordingSockets sockets = new RecordingSockets(Contexts.client().getSocketFactory());
        try (LdapServer server = new LdapServer(Pki.SHARED.server())) {
            assertThatThrownBy(() -> bind(Facts.OTHER_LOOPBACK, server, sockets))
                    .isInstanceOf(SSLPeerUnverifiedException.class)
                    .hasMessageContaining("127.0.0.2");
            assertThat(server.wasBoundOverTlsOnly()).isFalse();
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI wants a Hashtable
    private static void bind(String host, LdapServer server, RecordingSockets sockets) throws Exception {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, "ldap://" + host + ":" + server.port());
        LdapContext directory = new InitialLdapContext(environment, null);
        try {
            StartTlsResponse upgrade = (StartTlsResponse) directory.extendedOperation(new StartTlsRequest());
            SSLSession session = upgrade.negotiate(sockets);
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerPrincipal()).hasToString("CN=server");
            directory.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
            directory.addToEnvironment(Context.SECURITY_PRINCIPAL, "cn=reader");
            directory.addToEnvironment(Context.SECURITY_CREDENTIALS, Pki.PASSWORD);
            directory.reconnect(null);
        } finally {
            directory.close();
        }
    }
}
