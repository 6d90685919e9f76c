package dev.akushu.tls.trace;

/** Which way something went, seen from the endpoint that tells of it. */
public enum Flow {
    /** This endpoint sent it. */
    SENT,
    /** This endpoint received it. */
    RECEIVED
}
