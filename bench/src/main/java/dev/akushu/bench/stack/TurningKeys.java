package dev.akushu.bench.stack;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The key of the server whose turn it is. An alias is a server's number. */
final class TurningKeys extends X509ExtendedKeyManager {
    private final List<Servers.Server> servers;
    private int turn;

    TurningKeys(List<Servers.Server> servers) {
        this.servers = servers;
    }

    void turnTo(int number) {
        turn = number;
    }

    int count() {
        return servers.size();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return Integer.toString(turn);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return Integer.toString(turn);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {Integer.toString(turn)};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return servers.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return servers.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
