package dev.akushu.bench.stack;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;

/** Ends that can serve in Netty. */
public interface ServerHandlers {
    /** A new connection's handler, for the first server. */
    SslHandler handler(ByteBufAllocator allocator);
}
