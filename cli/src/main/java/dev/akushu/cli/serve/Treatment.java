package dev.akushu.cli.serve;

import dev.akushu.cli.option.Export;
import dev.akushu.tls.Bytes;
import java.util.List;

/**
 * What each client gets.
 *
 * @param greeting is sent before it has answered; empty if nothing is
 * @param exports what is exported of its connection
 * @param service what it is served
 * @param limits what it is granted
 */
record Treatment(Bytes greeting, List<Export> exports, Service service, Limits limits) {}
