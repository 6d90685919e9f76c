package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.testing.EnginePair;

/** Handshakes that must fail: at the end that finds the fault, with its problem; and at the other end, with the alert of that problem. */
final class Failures {
    private Failures() {}

    static TlsException ofServer(EnginePair pair, Problem problem) throws TlsException {
        TlsException failed = catchThrowableOfType(TlsException.class, pair::shakeHands);
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(problem);
        requireAlert(pair.server(), pair.client(), problem);
        return failed;
    }

    static TlsException ofClient(EnginePair pair, Problem problem) throws TlsException {
        TlsException failed = catchThrowableOfType(TlsException.class, pair::shakeHands);
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(problem);
        requireAlert(pair.client(), pair.server(), problem);
        return failed;
    }

    private static void requireAlert(EnginePair.End finder, EnginePair.End other, Problem problem) throws TlsException {
        byte[] alert = finder.output();
        TlsException received = catchThrowableOfType(TlsException.class, () -> other.input(alert));
        assertThat(received).isInstanceOf(TlsException.PeerAlert.class);
        assertThat(received.diagnosis().fact("alert"))
                .isEqualTo(java.util.Objects.requireNonNull(problem.alert()).alertName());
        assertThat(finder.output()).as("the alert is sent once").isEmpty();
        assertThat(other.output()).as("no alert answers an alert").isEmpty();
    }
}
