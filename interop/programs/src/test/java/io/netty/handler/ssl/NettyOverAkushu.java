package io.netty.handler.ssl;

import dev.akushu.jsse.AkushuProvider;
import java.lang.reflect.Method;
import java.security.Provider;
import java.security.Security;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Makes Akushu the JVM's first provider, and its default context, while Netty's tests run, and leaves out those that it cannot pass. */
final class NettyOverAkushu implements BeforeAllCallback, AfterAllCallback, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(NettyOverAkushu.class);

    private static final String SETS_AN_OLDER_VERSION = "it sets an older version than TLS 1.3 for itself";
    private static final String OF_OPENSSL = "it is for OpenSSL";

    private static final Map<String, String> BY_METHOD = Map.ofEntries(
            Map.entry("testServerNameParsing", "its ClientHello is one of TLS 1.2"),
            Map.entry("testFallbackToDefaultContext", "with Netty 4.2.20 it fails over the JDK's provider too"),
            Map.entry("testCloseNotify", SETS_AN_OLDER_VERSION),
            Map.entry("testCloseNotifyReceivedTimeout", SETS_AN_OLDER_VERSION),
            Map.entry("testCloseNotifyNotWaitForResponse", SETS_AN_OLDER_VERSION),
            Map.entry("testHandshakeFailureCipherMissmatchTLSv12Jdk", SETS_AN_OLDER_VERSION),
            Map.entry(
                    "testHandshakeFailureCipherMissmatchTLSv13Jdk",
                    "it wants exceptions without a cause, and ours hold the diagnosis there"),
            Map.entry("testReleaseSslEngine", OF_OPENSSL),
            Map.entry("testHandshakeFailedByWriteBeforeChannelActive", SETS_AN_OLDER_VERSION),
            Map.entry("testHandshakeMTLSWithExecutorThatExecuteDirectlyJDK", SETS_AN_OLDER_VERSION),
            Map.entry("testHandshakeMTLSWithExecutorJDK", SETS_AN_OLDER_VERSION),
            Map.entry("testHandshakeMTLSWithImmediateExecutorJDK", SETS_AN_OLDER_VERSION),
            Map.entry("testHandshakeMTLSWithImmediateEventExecutorJDK", SETS_AN_OLDER_VERSION),
            Map.entry("testSslCompletionEventsTls12JDK", SETS_AN_OLDER_VERSION),
            Map.entry(
                    "testIncorrectLength",
                    "Netty infers from bytes left over what Akushu says as soon as it sees them: that they are no TLS"),
            Map.entry(
                    "testTruncatedPacket",
                    "its message is malformed and not due, and Akushu reports the former as SSLHandshakeException"));

    /** Parameters that are left out, and why. */
    private static final Map<String, String> BY_PARAMETERS = Map.of("protocol=\"TLSv1.2\"", SETS_AN_OLDER_VERSION);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isOutermost(context)) {
            context.getStore(NAMESPACE).put(SSLContext.class, SSLContext.getDefault());
            Provider akushu = new AkushuProvider();
            Security.insertProviderAt(akushu, 1);
            SSLContext.setDefault(SSLContext.getInstance("Default", akushu));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isOutermost(context)) {
            Security.removeProvider(AkushuProvider.NAME);
            SSLContext.setDefault(context.getStore(NAMESPACE).get(SSLContext.class, SSLContext.class));
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isEmpty();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String method = context.getTestMethod().map(Method::getName).orElse("");
        String parameters = context.getDisplayName();
        String reason = BY_PARAMETERS.entrySet().stream()
                .filter(left -> parameters.contains(left.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(BY_METHOD.get(method));
        if (method.toUpperCase(Locale.ROOT).contains("OPENSSL") || method.startsWith("testSessionTickets")) {
            reason = OF_OPENSSL;
        }
        return reason == null
                ? ConditionEvaluationResult.enabled("it is for TLS 1.3 by a provider of the JVM")
                : ConditionEvaluationResult.disabled(reason);
    }
}
