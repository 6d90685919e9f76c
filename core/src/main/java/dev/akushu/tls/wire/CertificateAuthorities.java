package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * certificate_authorities: who should have issued the chain. RFC 9846 section 4.3.4.
 *
 * @param authorities the distinguished names in DER
 */
public record CertificateAuthorities(List<Bytes> authorities) implements Extension {
    /** Takes a copy of the list. */
    public CertificateAuthorities {
        authorities = List.copyOf(authorities);
    }

    static CertificateAuthorities decode(WireReader in) throws TlsException {
        return new CertificateAuthorities(
                in.list("authorities", 2, 3, 0xffff, one -> one.vector16("DistinguishedName", 1, 0xffff)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.CERTIFICATE_AUTHORITIES;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("authorities", 2, authorities, (to, name) -> to.vector16("DistinguishedName", name));
    }
}
