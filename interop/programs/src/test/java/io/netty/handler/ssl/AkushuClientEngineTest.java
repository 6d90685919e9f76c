package io.netty.handler.ssl;

import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** As {@link AkushuEngineTest}, with SunJSSE at the server's end; the buffers of that end are not ours to test. */
class AkushuClientEngineTest extends AkushuEngineTest {
    @Override
    protected @Nullable Provider serverSslContextProvider() {
        return null;
    }

    @Override
    boolean runs(SSLEngineTestParam param) {
        return super.runs(param) && param.type() == BufferType.Mixed && !param.delegate();
    }
}
