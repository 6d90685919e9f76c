package dev.akushu.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the fields of one event into an object that is open. The names are documented in {@link JsonEvents}. */
final class JsonFields {
    private final JsonGenerator json;
    private final Locale locale;

    JsonFields(JsonGenerator json, Locale locale) {
        this.json = json;
        this.locale = locale;
    }

    void write(Role role, TraceEvent event) throws IOException {
        text("event", name(event));
        text("role", role);
        fields(event);
    }

    private static String name(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Started _ -> "started";
            case TraceEvent.RecordPassed _ -> "record";
            case TraceEvent.Message _ -> "message";
            case TraceEvent.ChangeCipherSpec _ -> "change_cipher_spec";
            case TraceEvent.SuiteChosen _ -> "suite_chosen";
            case TraceEvent.GroupChosen _ -> "group_chosen";
            case TraceEvent.RetryRequested _ -> "retry_requested";
            case TraceEvent.ApplicationProtocolChosen _ -> "application_protocol_chosen";
            case TraceEvent.SharedSecretComputed _ -> "shared_secret_computed";
            case TraceEvent.KeyExchangeOmitted _ -> "key_exchange_omitted";
            case TraceEvent.SecretDerived _ -> "secret_derived";
            case TraceEvent.KeysChanged _ -> "keys_changed";
            case TraceEvent.KeyUpdated _ -> "key_updated";
            case TraceEvent.ResumptionOffered _ -> "resumption_offered";
            case TraceEvent.ResumptionDecided _ -> "resumption_decided";
            case TraceEvent.ExternalPsksOffered _ -> "external_psks_offered";
            case TraceEvent.ExternalPskChosen _ -> "external_psk_chosen";
            case TraceEvent.TicketOpened _ -> "ticket_opened";
            case TraceEvent.TicketSealed _ -> "ticket_sealed";
            case TraceEvent.CertificateCompressed _ -> "certificate_compressed";
            case TraceEvent.CookieReturned _ -> "cookie_returned";
            case TraceEvent.RecordSizesAgreed _ -> "record_sizes_agreed";
            case TraceEvent.TicketsAnnounced _ -> "tickets_announced";
            case TraceEvent.TicketReceived _ -> "ticket_received";
            case TraceEvent.EarlyDataOffered _ -> "early_data_offered";
            case TraceEvent.EarlyDataDecided _ -> "early_data_decided";
            case TraceEvent.EarlyDataSkipped _ -> "early_data_skipped";
            case TraceEvent.EarlyDataResent _ -> "early_data_resent";
            case TraceEvent.IdentityChosen _ -> "identity_chosen";
            case TraceEvent.ClientCertificateRequested _ -> "client_certificate_requested";
            case TraceEvent.PeerChainVerified _ -> "peer_chain_verified";
            case TraceEvent.ProofOfKey _ -> "proof_of_key";
            case TraceEvent.FinishedChecked _ -> "finished_checked";
            case TraceEvent.HandshakeDone _ -> "handshake_done";
            case TraceEvent.ApplicationData _ -> "application_data";
            case TraceEvent.Alert _ -> "alert";
            case TraceEvent.Failed _ -> "failure";
        };
    }

    private void fields(TraceEvent event) throws IOException {
        switch (event) {
            case TraceEvent.Started started -> started(started);
            case TraceEvent.RecordPassed passed -> record(passed);
            case TraceEvent.Message message -> message(message);
            case TraceEvent.ChangeCipherSpec dummy -> text("flow", dummy.flow());
            case TraceEvent.SuiteChosen suite -> choice(suite.chosen(), suite.offered(), suite.supported());
            case TraceEvent.GroupChosen group -> group(group);
            case TraceEvent.RetryRequested retry -> retry(retry);
            case TraceEvent.ApplicationProtocolChosen alpn -> choice(alpn.chosen(), alpn.offered(), alpn.supported());
            case TraceEvent.SharedSecretComputed secret -> secret(secret);
            case TraceEvent.KeyExchangeOmitted _ -> {
                // That is all.
            }
            case TraceEvent.SecretDerived secret -> text("name", secret.name());
            case TraceEvent.KeysChanged keys -> keys(keys);
            case TraceEvent.KeyUpdated updated -> flag(updated.flow(), "answer_requested", updated.answerRequested());
            case TraceEvent.ResumptionOffered offered -> offered(offered);
            case TraceEvent.ResumptionDecided decided -> decided(decided);
            case TraceEvent.ExternalPsksOffered offered -> list("identities", offered.identities());
            case TraceEvent.ExternalPskChosen chosen -> chosen(chosen);
            case TraceEvent.TicketOpened opened -> opened(opened);
            case TraceEvent.TicketSealed sealed -> sealed(sealed);
            case TraceEvent.CertificateCompressed compressed -> compressed(compressed);
            case TraceEvent.CookieReturned returned ->
                json.writeNumberField("age_ms", returned.age().toMillis());
            case TraceEvent.RecordSizesAgreed agreed -> agreed(agreed);
            case TraceEvent.TicketsAnnounced announced -> announced(announced);
            case TraceEvent.TicketReceived received -> received(received);
            case TraceEvent.EarlyDataOffered offered -> offered(offered);
            case TraceEvent.EarlyDataDecided decided -> decided(decided);
            case TraceEvent.EarlyDataSkipped skipped -> json.writeNumberField("length", skipped.length());
            case TraceEvent.EarlyDataResent resent -> json.writeNumberField("length", resent.length());
            case TraceEvent.IdentityChosen chosen -> identity(chosen);
            case TraceEvent.ClientCertificateRequested requested -> list("schemes", requested.schemes());
            case TraceEvent.PeerChainVerified verified -> verified(verified);
            case TraceEvent.ProofOfKey proof -> proof(proof);
            case TraceEvent.FinishedChecked checked -> text("flow", checked.flow());
            case TraceEvent.HandshakeDone done -> session(done.session());
            case TraceEvent.ApplicationData data -> data(data);
            case TraceEvent.Alert alert -> alert(alert);
            case TraceEvent.Failed failed -> failure(failed);
        }
    }

    private void started(TraceEvent.Started started) throws IOException {
        text("server_name", started.serverName());
        text("policy", started.policy());
        json.writeBooleanField("permutes_extensions", started.permutesExtensions());
    }

    private void record(TraceEvent.RecordPassed passed) throws IOException {
        text("flow", passed.flow());
        text("content_type", passed.type());
        json.writeNumberField("length", passed.length());
        json.writeNumberField("padding", passed.padding());
        text("protection", passed.protection());
    }

    private void message(TraceEvent.Message message) throws IOException {
        text("flow", message.flow());
        json.writeStringField("name", message.name());
        json.writeNumberField("type", message.type().code());
        text("protection", message.protection());
        json.writeNumberField("length", message.message().length());
        json.writeStringField("hex", message.message().hex());
    }

    private void choice(@Nullable Object chosen, List<?> offered, List<?> supported) throws IOException {
        text("chosen", chosen);
        list("offered", offered);
        list("supported", supported);
    }

    private void group(TraceEvent.GroupChosen group) throws IOException {
        text("chosen", group.chosen());
        list("offered", group.offered());
        list("shares", group.shares());
        list("supported", group.supported());
    }

    private void retry(TraceEvent.RetryRequested retry) throws IOException {
        text("group", retry.group());
        json.writeBooleanField("cookie", retry.cookie());
    }

    private void secret(TraceEvent.SharedSecretComputed secret) throws IOException {
        text("group", secret.group());
        json.writeNumberField("length", secret.secretLength());
    }

    private void keys(TraceEvent.KeysChanged keys) throws IOException {
        text("flow", keys.flow());
        text("protection", keys.protection());
        json.writeNumberField("generation", keys.generation());
    }

    private void flag(Flow flow, String name, boolean value) throws IOException {
        text("flow", flow);
        json.writeBooleanField(name, value);
    }

    private void offered(TraceEvent.ResumptionOffered offered) throws IOException {
        json.writeNumberField("tickets", offered.tickets());
        json.writeNumberField("age_ms", offered.age().toMillis());
        json.writeNumberField("ticket_length", offered.ticketLength());
    }

    private void decided(TraceEvent.ResumptionDecided decided) throws IOException {
        json.writeBooleanField("resumed", decided.reason() == null);
        text("reason", decided.reason());
    }

    private void chosen(TraceEvent.ExternalPskChosen chosen) throws IOException {
        text("identity", chosen.identity());
        text("context", chosen.context());
        json.writeBooleanField("imported", chosen.imported());
        text("kdf", chosen.kdf());
    }

    private void offered(TraceEvent.EarlyDataOffered offered) throws IOException {
        json.writeNumberField("length", offered.length());
        json.writeNumberField("limit", offered.limit());
    }

    private void decided(TraceEvent.EarlyDataDecided decided) throws IOException {
        json.writeBooleanField("accepted", decided.outcome() == EarlyDataOutcome.ACCEPTED);
        text("outcome", decided.outcome());
    }

    private void opened(TraceEvent.TicketOpened opened) throws IOException {
        text("key_name", opened.keyName());
        json.writeNumberField("age_ms", opened.age().toMillis());
        json.writeNumberField("stated_age_ms", opened.statedAge().toMillis());
        text("suite", opened.suite());
        json.writeNumberField("psk_length", opened.pskLength());
        list("contents", opened.contents());
    }

    private void sealed(TraceEvent.TicketSealed sealed) throws IOException {
        text("key_name", sealed.keyName());
        json.writeNumberField("lifetime_s", sealed.lifetime().toSeconds());
        json.writeNumberField("ticket_length", sealed.ticketLength());
    }

    private void compressed(TraceEvent.CertificateCompressed compressed) throws IOException {
        text("flow", compressed.flow());
        text("algorithm", compressed.algorithm());
        json.writeNumberField("length", compressed.length());
        json.writeNumberField("compressed_length", compressed.compressedLength());
    }

    private void agreed(TraceEvent.RecordSizesAgreed agreed) throws IOException {
        json.writeNumberField("client_limit", agreed.client());
        json.writeNumberField("server_limit", agreed.server());
    }

    private void announced(TraceEvent.TicketsAnnounced announced) throws IOException {
        json.writeNumberField("count", announced.count());
        json.writeNumberField("new_session_count", announced.wish().newSession());
        json.writeNumberField("resumption_count", announced.wish().resumption());
    }

    private void received(TraceEvent.TicketReceived received) throws IOException {
        json.writeNumberField("lifetime_s", received.lifetime().toSeconds());
        json.writeNumberField("ticket_length", received.ticketLength());
        json.writeBooleanField("kept", received.kept());
    }

    private void identity(TraceEvent.IdentityChosen chosen) throws IOException {
        list("chain", chosen.chain());
        text("raw_public_key", chosen.rawKey());
        text("scheme", chosen.scheme());
        list("accepted_by_peer", chosen.acceptedByPeer());
        list("fulfilled", chosen.fulfilled());
        list("unfulfilled", chosen.unfulfilled());
    }

    private void verified(TraceEvent.PeerChainVerified verified) throws IOException {
        list("chain", verified.chain());
        checks("checks", verified.checks());
    }

    private void checks(String name, List<CertificateCheck> checks) throws IOException {
        json.writeArrayFieldStart(name);
        for (CertificateCheck check : checks) {
            check(check);
        }
        json.writeEndArray();
    }

    private void check(CertificateCheck check) throws IOException {
        json.writeStartObject();
        text("kind", check.kind());
        json.writeStringField("subject", check.subject());
        json.writeStringField("detail", check.detail());
        json.writeEndObject();
    }

    private void proof(TraceEvent.ProofOfKey proof) throws IOException {
        text("flow", proof.flow());
        text("scheme", proof.scheme());
        text("signed_content", proof.signedContent());
    }

    private void session(TlsSession session) throws IOException {
        text("suite", session.suite());
        text("group", session.group());
        text("signature_scheme", session.signatureScheme());
        json.writeBooleanField("retried", session.retried());
        json.writeBooleanField("resumed", session.resumed());
        text("not_resumed", session.notResumed());
        text("application_protocol", session.applicationProtocol());
        text("server_name", session.serverName());
        list("peer_certificates", session.peerCertificates());
        list("local_certificates", session.localCertificates());
        text("external_psk", session.externalPsk());
        text("raw_public_key", session.rawPublicKey());
        text("authenticated_at", session.authenticatedAt());
        text("early_data", session.earlyData().outcome());
        json.writeNumberField("early_data_length", session.earlyData().bytes());
        json.writeBooleanField("early_data_resent", session.earlyData().resent());
    }

    private void data(TraceEvent.ApplicationData data) throws IOException {
        text("flow", data.flow());
        json.writeNumberField("length", data.length());
        text("protection", data.protection());
        json.writeBooleanField("half_rtt", data.halfRtt());
        json.writeBooleanField("shortened", data.shortened());
    }

    private void alert(TraceEvent.Alert alert) throws IOException {
        AlertDescription description = AlertDescription.find(alert.code());
        text("flow", alert.flow());
        json.writeNumberField("code", alert.code());
        text("name", description);
        json.writeBooleanField("fatal", alert.fatal());
    }

    private void failure(TraceEvent.Failed failed) throws IOException {
        Diagnosis diagnosis = failed.diagnosis();
        text("problem", diagnosis.problem());
        text("category", diagnosis.problem().category());
        text("alert", diagnosis.problem().alert());
        json.writeObjectFieldStart("facts");
        for (String fact : diagnosis.problem().factNames()) {
            json.writeStringField(fact, string(diagnosis.fact(fact)));
        }
        json.writeEndObject();
        json.writeStringField("cause", diagnosis.cause(locale));
        json.writeStringField("remedy", diagnosis.remedy(locale));
        ChainChecks checks = failed.checks();
        if (checks != null) {
            checks("checks", checks.passed());
            json.writeFieldName("failed_check");
            check(checks.failed());
            checks("not_reached", checks.notReached());
        }
    }

    private void text(String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
            return;
        }
        json.writeStringField(name, string(value));
    }

    private void list(String name, List<?> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Object value : values) {
            json.writeString(string(value));
        }
        json.writeEndArray();
    }

    /** Bytes whole, where their toString would cut them short; names of enums as the RFC writes such names. */
    private static String string(Object value) {
        return switch (value) {
            case Bytes bytes -> bytes.hex();
            case Enum<?> name -> name.name().toLowerCase(Locale.ROOT);
            default -> value.toString();
        };
    }
}
