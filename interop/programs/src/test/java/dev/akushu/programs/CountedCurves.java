package dev.akushu.programs;

import dev.akushu.curves.AkushuCurves;
import java.io.Serial;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** {@link AkushuCurves}, which counts the objects that others ask it for. */
final class CountedCurves extends Provider {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Map<String, Integer> asked = new ConcurrentSkipListMap<>();

    CountedCurves() {
        super(AkushuCurves.NAME, "0", "counted");
        for (Service real : new AkushuCurves().getServices()) {
            putService(new Counted(this, real));
        }
    }

    /** For what it was asked, and how often: {@code Signature.Ed25519}. */
    Map<String, Integer> asked() {
        return asked;
    }

    private static final class Counted extends Service {
        private final CountedCurves counted;
        private final Service real;

        Counted(CountedCurves counted, Service real) {
            super(counted, real.getType(), real.getAlgorithm(), real.getClassName(), List.of(), Map.of());
            this.counted = counted;
            this.real = real;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            counted.asked.merge(getType() + "." + getAlgorithm(), 1, Integer::sum);
            return real.newInstance(parameter);
        }
    }
}
