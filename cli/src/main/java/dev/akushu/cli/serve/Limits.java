package dev.akushu.cli.serve;

import java.time.Duration;

/**
 * What a server grants its clients, so that none can harm the others.
 *
 * @param connections how many at once; further clients wait in the system's queue
 * @param handshake how long a handshake may take
 * @param idle for how long a client may send nothing, or take nothing of what it is sent
 */
record Limits(int connections, Duration handshake, Duration idle) {}
