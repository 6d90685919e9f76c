package dev.akushu.jsse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * A server's sessions together with those of the clients that it hands over to another provider.
 *
 * @param own of TLS 1.3
 * @param older of the other provider
 */
record JoinedSessions(SSLSessionContext own, SSLSessionContext older) implements SSLSessionContext {
    @Override
    public @Nullable SSLSession getSession(byte[] sessionId) {
        SSLSession session = own.getSession(sessionId);
        return session != null ? session : older.getSession(sessionId);
    }

    @Override
    public Enumeration<byte[]> getIds() {
        List<byte[]> ids = new ArrayList<>(Collections.list(own.getIds()));
        ids.addAll(Collections.list(older.getIds()));
        return Collections.enumeration(ids);
    }

    @Override
    public void setSessionTimeout(int seconds) {
        own.setSessionTimeout(seconds);
        older.setSessionTimeout(seconds);
    }

    @Override
    public int getSessionTimeout() {
        return own.getSessionTimeout();
    }

    @Override
    public void setSessionCacheSize(int size) {
        own.setSessionCacheSize(size);
        older.setSessionCacheSize(size);
    }

    @Override
    public int getSessionCacheSize() {
        return own.getSessionCacheSize();
    }
}
