package dev.akushu.jsse;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An engine that has another do what it is asked for, apart from passing bytes. */
abstract class EngineInFront extends SSLEngine {
    EngineInFront(@Nullable String host, int port) {
        super(host, port);
    }

    /** The engine that does it now. */
    abstract SSLEngine current();

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return current().getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        current().closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return current().isInboundDone();
    }

    @Override
    public void closeOutbound() {
        current().closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return current().isOutboundDone();
    }

    @Override
    public void beginHandshake() throws SSLException {
        current().beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return current().getHandshakeStatus();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return current().getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        current().setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getEnabledProtocols() {
        return current().getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        current().setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return current().getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return current().getHandshakeSession();
    }

    @Override
    public void setUseClientMode(boolean client) {
        current().setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return current().getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        current().setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return current().getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        current().setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return current().getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean allowed) {
        current().setEnableSessionCreation(allowed);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return current().getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return current().getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        current().setSSLParameters(parameters);
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        return current().getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return current().getHandshakeApplicationProtocol();
    }
}
