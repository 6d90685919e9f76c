package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.schedule.ExporterSecret;
import org.jspecify.annotations.Nullable;

/** Proof that a client may send some data early: its ticket or key allows as much, and one key may protect as much. */
public final class EarlySending {
    private final Bytes data;
    private final long paddingLimit;
    private final int recordSizeLimit;
    private final ExporterSecret exporter;

    private EarlySending(Bytes data, long paddingLimit, int recordSizeLimit, ExporterSecret exporter) {
        this.data = data;
        this.paddingLimit = paddingLimit;
        this.recordSizeLimit = recordSizeLimit;
        this.exporter = exporter;
    }

    /**
     * Why {@code data} may not be sent, or null if it may.
     *
     * @param records how many one key may protect
     */
    public static @Nullable EarlyDataOutcome refusal(Bytes data, EarlyAllowance allowance, long records) {
        if (data.length() > allowance.maxBytes()) {
            return EarlyDataOutcome.TOO_LONG_FOR_TICKET;
        }
        // RFC 9846 5.5: early data has no KeyUpdate, so its key's limit is its own.
        return recordsFor(data, allowance.recordSizeLimit()) > records ? EarlyDataOutcome.TOO_LONG_FOR_KEY : null;
    }

    /** As much of the beginning of {@code data} as may be sent. */
    public static Bytes fitting(Bytes data, EarlyAllowance allowance, long records) {
        long byKey = Math.min(records, data.length()) * (allowance.recordSizeLimit() - 1L);
        long most = Math.min(allowance.maxBytes(), byKey);
        return data.slice(0, (int) Math.min(data.length(), most));
    }

    /** The proof; throws {@link IllegalArgumentException} if there is a {@link #refusal}. */
    public static EarlySending of(Bytes data, EarlyAllowance allowance, long records, ExporterSecret exporter) {
        EarlyDataOutcome refusal = refusal(data, allowance, records);
        if (refusal != null) {
            throw new IllegalArgumentException(data.length() + " bytes of early data: " + refusal);
        }
        return new EarlySending(data, allowance.maxBytes() - data.length(), allowance.recordSizeLimit(), exporter);
    }

    Bytes data() {
        return data;
    }

    /** How much padding may go with it: a server that refuses early data cannot tell padding from data. RFC 9846 section 4.7.1. */
    long paddingLimit() {
        return paddingLimit;
    }

    /** What the server took in a record on a ticket's connection, or what the protocol allows: what it takes on this one it has yet to say. */
    int recordSizeLimit() {
        return recordSizeLimit;
    }

    ExporterSecret exporter() {
        return exporter;
    }

    private static long recordsFor(Bytes data, int recordSizeLimit) {
        // One byte of each record is its type.
        long most = recordSizeLimit - 1L;
        return (data.length() + most - 1) / most;
    }
}
