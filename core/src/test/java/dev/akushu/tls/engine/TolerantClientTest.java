package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.Altered.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OidFilters;
import dev.akushu.tls.wire.SupportedGroups;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client has no use for, and passes over. RFC 9846 sections 4.3.5 and 4.3.7. */
class TolerantClientTest {
    private static final List<NamedGroup> GROUPS = List.of(NamedGroup.X25519, NamedGroup.SECP384R1);

    @Test
    void groupsThatAServerWouldPreferChangeNothing() throws TlsException {
        Policy policy = Policy.MODERN_2026_11.withGroups(GROUPS).withKeyShares(List.of(NamedGroup.X25519));
        TlsClient client = Ends.client().policy(policy).build();
        Deception.Change telling = Deception.Change.of(
                EncryptedExtensions.class,
                honest -> new EncryptedExtensions(
                        with(new SupportedGroups(GROUPS.reversed())).apply(honest.extensions())));
        Talk talk = new Talk(client, Ends.server().build());

        // It went on, until the signature over the honest message no longer fitted.
        assertThat(telling.fate(Role.CLIENT, talk)).isNotNull().returns(Problem.BAD_SIGNATURE, TlsException::problem);
        ClientHello next = Honest.next(new Talk(client, Ends.server().build()), Role.SERVER, ClientHello.class);
        assertThat(Honest.shares(next.extensions()))
                .extracting(KeyShareEntry::group)
                .filteredOn(group -> !group.isGrease())
                .containsExactly(NamedGroup.X25519);
    }

    @Test
    void filtersForExtensionsThatItDoesNotKnowArePassedOver() throws TlsException {
        OidFilter unknown = new OidFilter(Bytes.fromHex("06032a0304"), Bytes.fromHex("0101ff"));
        Deception.Change filtering = Deception.Change.of(
                CertificateRequest.class,
                request -> new CertificateRequest(
                        Bytes.empty(), with(new OidFilters(List.of(unknown))).apply(request.extensions())));

        assertThat(filtering.fate(Role.CLIENT, Scenario.CLIENT_AUTHENTICATION.begin()))
                .isNotNull()
                .returns(Problem.BAD_SIGNATURE, TlsException::problem);
    }
}
