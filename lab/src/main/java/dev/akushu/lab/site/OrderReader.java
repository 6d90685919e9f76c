package dev.akushu.lab.site;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.lab.record.Recording.Part;
import dev.akushu.lab.stage.Fault;
import dev.akushu.lab.stage.Flip;
import dev.akushu.lab.stage.Order;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the page orders. Whatever is in it was typed by somebody: each value is checked. */
final class OrderReader {
    /** RFC 1035 2.3.4: 255 octets on the wire of DNS, which are 253 characters of text. */
    private static final int LONGEST_HOST = 253;

    /** More than one colon, without brackets around, is an address of IPv6. */
    private static final String NAME_AND_PORT = "[^:]+:\\d*|\\[.*]:\\d*";

    private static final int LONGEST_PROTOCOL = 64;
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_OFFSET = 1 << 24;
    private static final int MOST_OCCURRENCES = 1 << 16;

    /** Where a bit can be flipped: a copy is sent by who stands on the path. */
    private static final Part[] FLIPPED = {Part.BEFORE, Part.MAIN};

    /** All that is sent: a HelloRetryRequest has the type of a ServerHello, a MessageHash only stands in the transcript. */
    private static final Set<String> MESSAGES = Stream.concat(
                    Stream.of("HelloRetryRequest"),
                    Arrays.stream(HandshakeType.values())
                            .filter(type -> type != HandshakeType.MESSAGE_HASH)
                            .map(HandshakeType::messageName))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Object> values;

    private OrderReader(Map<String, Object> values) {
        this.values = values;
    }

    static Order read(byte[] body) throws OrderException {
        try {
            return new OrderReader(JSON.std.mapFrom(new String(body, StandardCharsets.UTF_8))).order();
        } catch (IOException noJson) {
            throw new OrderException("malformed", String.valueOf(noJson.getMessage()));
        }
    }

    private Order order() throws OrderException {
        String wanted = text("fault");
        Fault fault = wanted.isEmpty() ? null : named(Fault.values(), wanted, "fault");
        Scenario scenario = fault == null || fault == Fault.FLIPPED_BIT
                ? named(Scenario.values(), text("scenario"), "scenario")
                : fault.scenario();
        boolean remote = scenario == Scenario.REMOTE;
        if (remote && fault != null) {
            throw new OrderException("remote_fault", wanted);
        }
        return new Order(
                scenario,
                fault,
                fault == Fault.FLIPPED_BIT ? flip() : null,
                chosen("group", Policy.MODERN_2026_11.groups()),
                chosen("suite", Policy.MODERN_2026_11.suites()),
                text("key").isEmpty() ? KeyType.EC : named(KeyType.values(), text("key"), "key"),
                protocol(),
                remote ? host() : "",
                remote ? port() : 0);
    }

    private Flip flip() throws OrderException {
        return new Flip(
                text("connection").isEmpty() ? Part.MAIN : named(FLIPPED, text("connection"), "connection"),
                named(Role.values(), text("sender"), "sender"),
                message(),
                number("occurrence", 1, 1, MOST_OCCURRENCES),
                number("offset", 0, 0, MOST_OFFSET),
                number("bit", 0, 0, 7));
    }

    private String message() throws OrderException {
        String name = text("message");
        if (!MESSAGES.contains(name)) {
            throw new OrderException("message", name);
        }
        return name;
    }

    private @Nullable String protocol() throws OrderException {
        String name = text("protocol");
        if (!name.matches("[!-~]{0," + LONGEST_PROTOCOL + "}")) {
            throw new OrderException("protocol", name);
        }
        return name.isEmpty() ? null : name;
    }

    private String host() throws OrderException {
        String host = text("host").strip();
        if (host.isEmpty() || host.length() > LONGEST_HOST || host.matches(".*[\\s/@?#].*")) {
            throw new OrderException("host", host);
        }
        if (host.matches(NAME_AND_PORT)) {
            throw new OrderException("host_port", host);
        }
        return host;
    }

    private int port() throws OrderException {
        return number("port", HTTPS, 1, HIGHEST_PORT);
    }

    private int number(String name, int usual, int least, int most) throws OrderException {
        Object value = values.get(name);
        if (value == null) {
            return usual;
        }
        if (value instanceof Number number
                && number.longValue() >= least
                && number.longValue() <= most
                && number.doubleValue() == number.longValue()) {
            return number.intValue();
        }
        throw new OrderException(name, value.toString());
    }

    private <T> @Nullable T chosen(String name, List<T> all) throws OrderException {
        String wanted = text(name);
        if (wanted.isEmpty()) {
            return null;
        }
        for (T each : all) {
            if (each.toString().equals(wanted)) {
                return each;
            }
        }
        throw new OrderException(name, wanted);
    }

    private static <E extends Enum<E>> E named(E[] all, String wanted, String what) throws OrderException {
        for (E each : all) {
            if (each.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return each;
            }
        }
        throw new OrderException(what, wanted);
    }

    private String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }
}
