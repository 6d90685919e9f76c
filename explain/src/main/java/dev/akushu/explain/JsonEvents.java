package dev.akushu.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.IdentityWish;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Turns events into JSON for programs, one object a line. Every object has {@code event} and {@code role}
 * ({@code client} or {@code server}); the names below are stable, values of enums are in lower case, bytes are hexadecimal.
 *
 * <table>
 * <caption>Events and their fields</caption>
 * <tr><th>event</th><th>fields</th></tr>
 * <tr><td>started</td><td>server_name</td></tr>
 * <tr><td>record</td><td>flow, content_type, length, padding, protection</td></tr>
 * <tr><td>message</td><td>flow, name, type, protection, length, hex</td></tr>
 * <tr><td>change_cipher_spec</td><td>flow</td></tr>
 * <tr><td>suite_chosen</td><td>chosen, offered, supported</td></tr>
 * <tr><td>group_chosen</td><td>chosen, offered, shares, supported</td></tr>
 * <tr><td>retry_requested</td><td>group (or null), cookie</td></tr>
 * <tr><td>application_protocol_chosen</td><td>chosen (or null), offered, supported</td></tr>
 * <tr><td>shared_secret_computed</td><td>group, length</td></tr>
 * <tr><td>key_exchange_omitted</td><td>none</td></tr>
 * <tr><td>secret_derived</td><td>name</td></tr>
 * <tr><td>keys_changed</td><td>flow, protection, generation</td></tr>
 * <tr><td>key_updated</td><td>flow, answer_requested</td></tr>
 * <tr><td>resumption_offered</td><td>tickets, age_ms, ticket_length</td></tr>
 * <tr><td>resumption_decided</td><td>resumed, reason (or null)</td></tr>
 * <tr><td>ticket_opened</td><td>key_name, age_ms, stated_age_ms, suite, psk_length, contents</td></tr>
 * <tr><td>ticket_sealed</td><td>key_name, lifetime_s, ticket_length</td></tr>
 * <tr><td>certificate_compressed</td><td>flow, algorithm, length, compressed_length</td></tr>
 * <tr><td>cookie_returned</td><td>age_ms</td></tr>
 * <tr><td>record_sizes_agreed</td><td>client_limit, server_limit</td></tr>
 * <tr><td>tickets_announced</td><td>count, new_session_count, resumption_count</td></tr>
 * <tr><td>ticket_received</td><td>lifetime_s, ticket_length, kept</td></tr>
 * <tr><td>early_data_offered</td><td>length, limit</td></tr>
 * <tr><td>early_data_decided</td><td>accepted, outcome</td></tr>
 * <tr><td>early_data_skipped</td><td>length</td></tr>
 * <tr><td>early_data_resent</td><td>length</td></tr>
 * <tr><td>identity_chosen</td><td>chain, raw_public_key (or null), scheme (or null), accepted_by_peer, fulfilled and
 *     unfulfilled: arrays of what else the peer wished for ({@link IdentityWish})</td></tr>
 * <tr><td>client_certificate_requested</td><td>schemes</td></tr>
 * <tr><td>peer_chain_verified</td><td>chain, checks: an array of kind, subject, detail; if the first is of the kind
 *     {@code remembered}, the others were made at the time in its detail and not again</td></tr>
 * <tr><td>proof_of_key</td><td>flow, scheme, signed_content</td></tr>
 * <tr><td>finished_checked</td><td>flow</td></tr>
 * <tr><td>handshake_done</td><td>suite, group, signature_scheme, retried, resumed, not_resumed, application_protocol,
 *     server_name (each of these null if there is none), peer_certificates, local_certificates, authenticated_at,
 *     early_data, early_data_length, early_data_resent</td></tr>
 * <tr><td>application_data</td><td>flow, length, protection</td></tr>
 * <tr><td>alert</td><td>flow, code, name (or null), fatal</td></tr>
 * <tr><td>failure</td><td>problem, category, alert (or null), facts: an object of strings, cause, remedy</td></tr>
 * </table>
 *
 * <p>{@code flow} is {@code sent} or {@code received}; {@code protection} is {@code clear}, {@code early}, {@code handshake} or
 * {@code application}. Safe for use by many threads if {@code out} is.
 */
public final class JsonEvents implements Observer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Role role;
    private final Locale locale;
    private final Consumer<String> out;

    /**
     * Hands each line to {@code out}, without its end, such as {@code System.out::println}.
     *
     * @param role the end whose events these are
     * @param locale of the cause and the remedy of a failure: Japanese if its language is, otherwise English
     * @param out takes whole lines
     */
    public JsonEvents(Role role, Locale locale, Consumer<String> out) {
        this.role = role;
        this.locale = locale;
        this.out = out;
    }

    @Override
    public void on(TraceEvent event) {
        out.accept(line(event));
    }

    private String line(TraceEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            new JsonFields(generator, locale).write(role, event);
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringWriter does not fail", impossible);
        }
        return text.toString();
    }
}
