package dev.akushu.tls.client;

import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.schedule.EarlySecret;

/**
 * A ticket on offer, with the head of the key schedule that its pre-shared key gives.
 *
 * @param ticket as it was kept
 * @param hash of the original session's suite, which a suite of this session must have too
 * @param earlySecret from its pre-shared key
 */
record OfferedTicket(StoredTicket ticket, HashAlgorithm hash, EarlySecret earlySecret) {}
