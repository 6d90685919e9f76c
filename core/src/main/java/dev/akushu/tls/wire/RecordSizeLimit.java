package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;

/**
 * record_size_limit: the longest record that the sender will take, of content, content type and padding. RFC 8449
 * section 4.
 *
 * @param recordSizeLimit in bytes, at least 64; may be more than the protocol allows, and then means nothing
 */
public record RecordSizeLimit(int recordSizeLimit) implements Extension {
    private static final int SMALLEST = 64;

    static RecordSizeLimit decode(WireReader in) throws TlsException {
        int limit = in.u16("RecordSizeLimit");
        // RFC 8449 4: an endpoint MUST treat a smaller value as a fatal error and send an illegal_parameter alert.
        if (limit < SMALLEST) {
            throw Problem.ILLEGAL_VALUE.with("RecordSizeLimit", limit, "must be at least " + SMALLEST);
        }
        return new RecordSizeLimit(limit);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.RECORD_SIZE_LIMIT;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("RecordSizeLimit", recordSizeLimit);
    }
}
