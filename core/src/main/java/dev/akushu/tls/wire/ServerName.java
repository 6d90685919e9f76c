package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.Locale;

/**
 * server_name in a ClientHello: the host that the client wants to reach. RFC 6066 section 3.
 *
 * @param hostName the name in ASCII as the client sent it; whether it is a host name at all is for the server to check
 */
public record ServerName(Bytes hostName) implements Extension {
    private static final int HOST_NAME = 0;

    static ServerName decode(WireReader in) throws TlsException {
        WireReader names = in.sub("server_name_list", 2, 1, 0xffff);
        NameType nameType = names.u8("name_type", NameType::new);
        // RFC 6066 3: no other type was ever defined, and the length of another could not be known.
        if (nameType.code() != HOST_NAME) {
            throw Problem.ILLEGAL_VALUE.with("name_type", nameType.code(), "must be 0, host_name");
        }
        Bytes hostName = names.vector16("HostName", 1, 0xffff, Bytes::printableAscii);
        // RFC 6066 3: the list MUST NOT contain more than one name of the same type.
        names.expectEnd("server_name_list");
        return new ServerName(hostName);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_NAME;
    }

    @Override
    public void encode(WireWriter out) {
        int list = out.begin(2);
        out.u8("name_type", HOST_NAME);
        out.vector16("HostName", hostName);
        out.end("server_name_list", 2, list);
    }

    private record NameType(int code) {
        @Override
        public String toString() {
            return code == HOST_NAME ? "host_name" : String.format(Locale.ROOT, "0x%02x", code);
        }
    }
}
