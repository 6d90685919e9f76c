package dev.akushu.tls.server;

import dev.akushu.tls.engine.EarlyInput;
import dev.akushu.tls.engine.FirstSight;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.ExporterSecret;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.SecretName;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to receive early data.
 *
 * @param secret client_early_traffic_secret
 * @param input where the data goes
 */
record EarlyTraffic(TrafficSecret secret, EarlyInput input) {
    /**
     * Derived if the early data is accepted, else null.
     *
     * @param transcript up to the ClientHello
     */
    static @Nullable EarlyTraffic of(
            EarlyDataChoice choice,
            @Nullable EarlyTerms terms,
            EarlySecret earlySecret,
            Transcript transcript,
            Output out) {
        FirstSight firstSight = choice.firstSight();
        if (firstSight == null || terms == null) {
            return null;
        }
        byte[] helloHash = transcript.hash();
        TrafficSecret secret = earlySecret.clientEarlyTraffic(helloHash);
        ExporterSecret exporter = earlySecret.earlyExporter(helloHash);
        out.derived(SecretName.CLIENT_EARLY_TRAFFIC_SECRET, secret::copyForKeyLog);
        out.derived(SecretName.EARLY_EXPORTER_SECRET, exporter::copyForKeyLog);
        return new EarlyTraffic(secret, new EarlyInput(terms.binder(), firstSight, terms.maxBytes(), exporter));
    }
}
