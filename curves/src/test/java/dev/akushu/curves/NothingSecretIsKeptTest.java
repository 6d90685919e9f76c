package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects with room for intermediates are kept after an operation with a secret: whatever numbers they hold are 0 then, but for multiples of the peer's point. */
class NothingSecretIsKeptTest {
    /** Where points that everybody may know lie, what makes multiples of them, and delta, which every inversion begins with. */
    private static final Set<String> PUBLIC = Set.of(
            "State.eta",
            "Ladder.base",
            "SecretMultiplyP256.multiples",
            "SecretMultiplyP256.table",
            "SecretMultiplyP384.multiples",
            "SecretMultiplyP384.table");

    /** Nothing is divided modulo the order of edwards25519. */
    private static final String UNUSED = "Ed25519.SCALARS.inverse.states";

    enum Work {
        X25519_KEY(Edwards25519.class, Field25519.class) {
            @Override
            void run() {
                X25519.publicKey(SECRET, new byte[32], 0);
            }
        },
        X25519_AGREEMENT(X25519.class, Field25519.class) {
            @Override
            void run() {
                byte[] peer = new byte[32];
                X25519.publicKey(SECRET, peer, 0);
                X25519.agree(SECRET, peer, 0, new byte[32], 0);
            }
        },
        ED25519(Ed25519.class, Edwards25519.class) {
            @Override
            void run() {
                Ed25519.sign(SECRET, new byte[3], new byte[64], 0);
            }
        },
        P256_AGREEMENT(SecretMultiplyP256.class) {
            @Override
            void run() {
                byte[] peer = new byte[P256.POINT_LENGTH];
                P256.publicKey(SECRET, peer, 0);
                P256.agree(SECRET, peer, 0, peer.length, new byte[32], 0);
            }
        },
        P256_SIGNATURE(SecretMultiplyP256.class, CurveP256.class) {
            @Override
            void run() {
                P256.sign(SECRET, "SHA256", new byte[32], new SecureRandom(), new byte[64], 0);
            }
        },
        P384_AGREEMENT(SecretMultiplyP384.class) {
            @Override
            void run() {
                byte[] secret = Arrays.copyOf(SECRET, 48);
                byte[] peer = new byte[P384.POINT_LENGTH];
                P384.publicKey(secret, peer, 0);
                P384.agree(secret, peer, 0, peer.length, new byte[48], 0);
            }
        },
        P384_SIGNATURE(SecretMultiplyP384.class, CurveP384.class) {
            @Override
            void run() {
                P384.sign(Arrays.copyOf(SECRET, 48), "SHA384", new byte[48], new SecureRandom(), new byte[96], 0);
            }
        };

        private final List<Class<?>> keepers;

        Work(Class<?>... keepers) {
            this.keepers = List.of(keepers);
        }

        abstract void run();
    }

    private static final byte[] SECRET = new byte[32];

    static {
        for (int i = 0; i < SECRET.length; i++) {
            SECRET[i] = (byte) (3 * i + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keptObjectsAreKeptAndHoldNoNumber(Work work) throws Exception {
        for (int i = 0; i < 3; i++) {
            work.run();
        }
        for (Class<?> keeper : work.keepers) {
            Map<String, AtomicReferenceArray<?>> pools = poolsOf(keeper);
            assertThat(pools).as("pools of %s", keeper.getSimpleName()).isNotEmpty();
            pools.remove(UNUSED);
            for (Map.Entry<String, AtomicReferenceArray<?>> pool : pools.entrySet()) {
                List<Object> kept = keptIn(pool.getValue());
                assertThat(kept).as(pool.getKey()).isNotEmpty();
                for (Object one : kept) {
                    List<String> found = new ArrayList<>();
                    collectNumbers(one, one.getClass().getSimpleName(), found, visited());
                    assertThat(found).as(pool.getKey()).isEmpty();
                }
            }
        }
    }

    /** The test would see a number that is left. */
    @Test
    void numbersAreFound() throws Exception {
        PointP256 point = PointP256.base();
        List<String> found = new ArrayList<>();
        collectNumbers(point, "point", found, visited());
        assertThat(found).anyMatch(path -> path.startsWith("point.x")).anyMatch(path -> path.startsWith("point.y"));
        point.wipe();
        found.clear();
        collectNumbers(point, "point", found, visited());
        assertThat(found).isEmpty();
    }

    /** The pools that are, or lie below, the static fields of a class, by their paths. */
    private static Map<String, AtomicReferenceArray<?>> poolsOf(Class<?> keeper) throws IllegalAccessException {
        Map<String, AtomicReferenceArray<?>> pools = new TreeMap<>();
        Set<Object> visited = visited();
        for (Field field : keeper.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && isOurs(field.getType())) {
                collectPools(value(field, null), keeper.getSimpleName() + "." + field.getName(), pools, visited);
            }
        }
        return pools;
    }

    private static void collectPools(
            Object object, String path, Map<String, AtomicReferenceArray<?>> pools, Set<Object> visited)
            throws IllegalAccessException {
        if (object == null || !visited.add(object)) {
            return;
        }
        for (Field field : instanceFields(object)) {
            if (object instanceof Pool && field.getType() == AtomicReferenceArray.class) {
                pools.put(path, (AtomicReferenceArray<?>) value(field, object));
            } else if (isOurs(field.getType())) {
                collectPools(value(field, object), path + "." + field.getName(), pools, visited);
            }
        }
    }

    private static List<Object> keptIn(AtomicReferenceArray<?> places) {
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < places.length(); i++) {
            if (places.get(i) != null) {
                kept.add(places.get(i));
            }
        }
        return kept;
    }

    private static void collectNumbers(Object object, String path, List<String> found, Set<Object> visited)
            throws IllegalAccessException {
        if (object == null || !visited.add(object)) {
            return;
        }
        if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                collect(Array.get(object, i), path + "[" + i + "]", found, visited);
            }
            return;
        }
        for (Field field : instanceFields(object)) {
            String name = object.getClass().getSimpleName() + "." + field.getName();
            if (!PUBLIC.contains(name)) {
                collect(value(field, object), path + "." + field.getName(), found, visited);
            }
        }
    }

    private static void collect(Object value, String path, List<String> found, Set<Object> visited)
            throws IllegalAccessException {
        if (value instanceof Number number) {
            if (number.longValue() != 0) {
                found.add(path);
            }
        } else if (value != null && (value.getClass().isArray() || isOurs(value.getClass()))) {
            collectNumbers(value, path, found, visited);
        }
    }

    private static List<Field> instanceFields(Object object) {
        return Arrays.stream(object.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .toList();
    }

    private static Object value(Field field, Object object) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(object);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.akushu.curves.");
    }

    private static Set<Object> visited() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
