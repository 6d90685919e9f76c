package dev.akushu.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A test that the runner has, whether it is run or not.
 *
 * @param name of the test
 * @param protocol over which it speaks
 * @param minVersion the runner's lowest version, 0 if it does not say
 * @param maxVersions the runner's highest version on each connection that has a configuration of its own, 0 where it does not say
 * @param expectedVersion that the test demands of the first connection, 0 if it does not
 * @param flags for the shim
 * @param disabled whether config.json keeps it from being run
 */
record ListedTest(
        String name,
        String protocol,
        int minVersion,
        List<Integer> maxVersions,
        int expectedVersion,
        List<String> flags,
        boolean disabled) {
    private static final int TLS_1_3 = 0x0304;

    /** The flags with this prefix are for a second process, which this shim does without. */
    private static final String OF_HANDSHAKER = "-on-handshaker-";

    /** The tests that {@code listing/listing_test.go} has listed. */
    static List<ListedTest> all(String json) throws IOException {
        if (!(JSON.std.mapFrom(json).get("tests") instanceof List<?> listed)) {
            throw new IOException("there is no list of tests");
        }
        List<ListedTest> tests = new ArrayList<>();
        for (Object one : listed) {
            tests.add(of(one));
        }
        return tests;
    }

    /** Whether the test is one of TLS 1.3 over TCP: both ends can speak it, and the test names it, or leaves no older version, or demands it. */
    boolean isOfTls13OverTcp() {
        boolean meant = name.contains("TLS13") || minVersion == TLS_1_3 || expectedVersion == TLS_1_3;
        return protocol.equals("TLS") && meant && runnerMay() && shimMay();
    }

    private boolean runnerMay() {
        return maxVersions.stream().anyMatch(version -> version == 0 || version >= TLS_1_3);
    }

    private boolean shimMay() {
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            boolean older = flag.endsWith("-max-version") && Integer.parseInt(flags.get(i + 1)) < TLS_1_3;
            if (flag.equals("-no-tls13") || (older && !flag.startsWith(OF_HANDSHAKER))) {
                return false;
            }
        }
        return true;
    }

    private static ListedTest of(Object json) throws IOException {
        if (json instanceof Map<?, ?> fields
                && fields.get("name") instanceof String name
                && fields.get("protocol") instanceof String protocol
                && fields.get("minVersion") instanceof Integer minVersion
                && fields.get("maxVersions") instanceof List<?> maxVersions
                && fields.get("expectedVersion") instanceof Integer expectedVersion
                && fields.get("flags") instanceof List<?> flags
                && fields.get("disabled") instanceof Boolean disabled) {
            return new ListedTest(
                    name,
                    protocol,
                    minVersion,
                    maxVersions.stream().map(Integer.class::cast).toList(),
                    expectedVersion,
                    flags.stream().map(String.class::cast).toList(),
                    disabled);
        }
        throw new IOException("no test: " + json);
    }
}
