package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A file of test vectors of C2SP's project Wycheproof. */
final class Wycheproof {
    private final String name;
    private final Map<?, ?> content;

    private Wycheproof(String name, Map<?, ?> content) {
        this.name = name;
        this.content = content;
    }

    /** The file {@code name}_test.json of the shared vectors. */
    static Wycheproof vectors(String name) throws IOException {
        String json = Files.readString(Vectors.find("wycheproof/" + name + "_test.json"));
        return new Wycheproof(name, JSON.std.mapFrom(json));
    }

    /** Gives every vector that {@code wanted} lets through to {@code check}; there must be {@code expected} of them. */
    void each(int expected, Filter wanted, Check check) throws Exception {
        int used = 0;
        for (Object group : (List<?>) content.get("testGroups")) {
            for (Object test : (List<?>) ((Map<?, ?>) group).get("tests")) {
                Vector vector = new Vector(name, (Map<?, ?>) group, (Map<?, ?>) test);
                if (wanted.test(vector)) {
                    check.check(vector);
                    used++;
                }
            }
        }
        System.out.printf("Wycheproof %s: %d vectors of %s%n", name, used, content.get("numberOfTests"));
        // Exactly as many: with a condition that lets nothing through, nothing would be tested.
        assertThat(used).as("vectors used of %s", name).isEqualTo(expected);
    }

    /** As {@link #each(int, Filter, Check)}, with all vectors. */
    void each(int expected, Check check) throws Exception {
        each(expected, vector -> true, check);
    }

    /** Which vectors are of use. */
    interface Filter {
        boolean test(Vector vector);
    }

    /** What every vector has to pass. */
    interface Check {
        void check(Vector vector) throws Exception;
    }

    /** One vector with the fields that it shares with its group. */
    record Vector(String file, Map<?, ?> group, Map<?, ?> test) {
        /** The octets that a field has in hexadecimal. */
        byte[] octets(String field) {
            return HexFormat.of().parseHex(text(field));
        }

        String text(String field) {
            return (String) field(field);
        }

        int number(String field) {
            return ((Number) field(field)).intValue();
        }

        boolean has(String field) {
            return group.containsKey(field) || test.containsKey(field);
        }

        boolean isValid() {
            return text("result").equals("valid");
        }

        boolean isInvalid() {
            return text("result").equals("invalid");
        }

        private Object field(String name) {
            Object value = test.containsKey(name) ? test.get(name) : group.get(name);
            assertThat(value).as("%s of %s", name, this).isNotNull();
            return value;
        }

        @Override
        public String toString() {
            return file + " tcId " + test.get("tcId") + " (" + test.get("comment") + ")";
        }
    }
}
