package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.Altered.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.ServerHello;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A share that is no element of its group is refused before anything is sent. RFC 9846 sections 4.3.8.1, 4.3.8.2 and 7.4.2. */
class BadKeyShareTest {
    private static final List<NamedGroup> GROUPS = List.of(
            NamedGroup.X25519,
            NamedGroup.X448,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.FFDHE2048,
            NamedGroup.X25519_MLKEM768,
            NamedGroup.SECP256R1_MLKEM768,
            NamedGroup.SECP384R1_MLKEM1024);

    /** A share of any of these groups: one byte too short, one too long, all zeros, all ones. */
    static final List<Arguments> ANY_GROUP = GROUPS.stream()
            .flatMap(group -> Stream.of(
                    bad(group, "is a byte too short", share -> share.slice(0, share.length() - 1)),
                    bad(group, "is a byte too long", share -> Bytes.fromHex(share.hex() + "00")),
                    bad(group, "is one byte", share -> share.slice(0, 1)),
                    bad(group, "is all zeros", share -> Bytes.wrap(new byte[share.length()]))))
            .toList();

    static final List<Arguments> CURVES = List.of(
            bad(NamedGroup.SECP256R1, "is off the curve", share -> Altered.flipped(share, 8 * 64)),
            bad(
                    NamedGroup.SECP256R1,
                    "is compressed",
                    share -> Bytes.fromHex("02" + share.hex().substring(2, 66))),
            bad(NamedGroup.SECP256R1, "is in the hybrid form", share -> Altered.flipped(share, 1)),
            bad(NamedGroup.SECP256R1, "is the point at infinity", share -> Bytes.fromHex("00")),
            bad(
                    NamedGroup.SECP256R1,
                    "has coordinates beyond the field",
                    share -> Bytes.fromHex("04" + "f".repeat(128))),
            bad(NamedGroup.SECP384R1, "is off the curve", share -> Altered.flipped(share, 8 * 96)),
            bad(NamedGroup.SECP521R1, "is off the curve", share -> Altered.flipped(share, 8 * 132)),
            bad(NamedGroup.X25519, "has order one", share -> Bytes.fromHex("01" + "00".repeat(31))),
            bad(
                    NamedGroup.X25519,
                    "has order eight",
                    share -> Bytes.fromHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")),
            bad(
                    NamedGroup.X25519,
                    "has order eight, and its twist",
                    share -> Bytes.fromHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")),
            bad(
                    NamedGroup.X25519,
                    "is zero modulo p",
                    share -> Bytes.fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")),
            bad(NamedGroup.FFDHE2048, "is one", share -> Bytes.fromHex("00".repeat(255) + "01")),
            bad(NamedGroup.FFDHE2048, "is beyond the prime", share -> Bytes.fromHex("ff".repeat(256))));

    /** The halves of a hybrid: the server's or the client's. */
    static final List<Arguments> HYBRIDS = List.of(
            bad(
                    NamedGroup.X25519_MLKEM768,
                    "has a curve half of zeros",
                    share -> Bytes.fromHex(share.hex().substring(0, 2 * share.length() - 64) + "00".repeat(32))),
            bad(
                    NamedGroup.SECP256R1_MLKEM768,
                    "has a curve half off the curve",
                    share -> Altered.flipped(share, 8 * 64)));

    @ParameterizedTest(name = "{0} {1}")
    @FieldSource({"ANY_GROUP", "CURVES", "HYBRIDS"})
    void aServerRefusesItAndSaysNothingElse(NamedGroup group, String what, UnaryOperator<Bytes> change)
            throws TlsException {
        // Unlike SunJSSE, which sends its ServerHello first.
        Talk talk = offering(group).begin();
        TlsException failed = Deception.Change.of(ClientHello.class, hello -> altered(hello, change))
                .fate(Role.SERVER, talk);

        requireBadShare(failed);
        assertThat(talk.intercept(Role.CLIENT)).isNull();
    }

    @ParameterizedTest(name = "{0} {1}")
    @FieldSource({"ANY_GROUP", "CURVES", "HYBRIDS"})
    void aClientRefusesIt(NamedGroup group, String what, UnaryOperator<Bytes> change) throws TlsException {
        requireBadShare(Deception.Change.of(ServerHello.class, hello -> altered(hello, change))
                .fate(Role.CLIENT, offering(group).begin()));
    }

    private static void requireBadShare(TlsException failed) {
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(Problem.BAD_KEY_SHARE);
        assertThat(failed.problem().alert()).isEqualTo(AlertDescription.ILLEGAL_PARAMETER);
    }

    private static Arguments bad(NamedGroup group, String what, UnaryOperator<Bytes> change) {
        return Arguments.of(group, what, change);
    }

    private static Deception.Beginning offering(NamedGroup group) {
        return Ends.offering(List.of(group), List.of(group));
    }

    private static ClientHello altered(ClientHello hello, UnaryOperator<Bytes> change) {
        List<KeyShareEntry> shares = new ArrayList<>();
        for (KeyShareEntry share : Honest.shares(hello.extensions())) {
            shares.add(new KeyShareEntry(share.group(), change.apply(share.keyExchange())));
        }
        return Altered.extensions(hello, with(new KeyShareClientHello(shares)));
    }

    private static ServerHello altered(ServerHello hello, UnaryOperator<Bytes> change) {
        KeyShareEntry share = Objects.requireNonNull(hello.extensions().find(KeyShareServerHello.class))
                .serverShare();
        KeyShareEntry changed = new KeyShareEntry(share.group(), change.apply(share.keyExchange()));
        return Altered.extensions(hello, with(new KeyShareServerHello(changed)));
    }
}
