package dev.akushu.programs;

import dev.akushu.jsse.AkushuProvider;
import java.lang.reflect.Method;
import java.security.Security;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes Akushu the JVM's first provider while Kafka's own tests run, and leaves out those that need TLS 1.2. */
final class KafkaOverAkushu implements BeforeAllCallback, AfterAllCallback, ExecutionCondition {
    /** Tests that are left out, and why. */
    private static final Map<String, String> BY_METHOD = Map.of(
            "testCiphersSuiteForTls12",
            "a server of the context TLSv1.3 with suites of TLS 1.2 alone, which Akushu refuses",
            "testCiphersSuiteForTls12FailsForTls13",
            "a server of the context TLSv1.3 with suites of TLS 1.2 alone, which Akushu refuses",
            "testCloseOldestConnection",
            "flaky by Kafka's own mark, KAFKA-14249: a ticket that comes late makes an idle connection look busy");

    /** Parameters that are left out, and why. */
    private static final Map<String, String> BY_PARAMETERS = Map.of(
            "tlsProtocol=TLSv1.2",
            "both ends are SunJSSE's",
            "tlsServerProtocol = [TLSv1.2], tlsClientProtocol = [TLSv1.3, TLSv1.2]",
            "the client prefers TLS 1.3 and has to fall back to 1.2",
            // Such a client offers 1.2 alone even if it lists 1.3 too: the JDK's context TLSv1.2 enables no suite of
            // 1.3.
            "tlsServerProtocol = [TLSv1.3, TLSv1.2], tlsClientProtocol = [TLSv1.2",
            "the server prefers TLS 1.3 and has to fall back to 1.2");

    @Override
    public void beforeAll(ExtensionContext context) {
        Security.insertProviderAt(new AkushuProvider(), 1);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isEmpty()) {
            Security.removeProvider(AkushuProvider.NAME);
        }
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
        return reason == null
                ? ConditionEvaluationResult.enabled("does not need TLS 1.2")
                : ConditionEvaluationResult.disabled(reason);
    }
}
