package dev.akushu.bench.harness;

/**
 * A line of results.json.
 *
 * @param name what was measured
 * @param ratio above 1 means that Akushu is ahead
 */
public record Comparison(String name, String unit, double akushu, double peer, String peerName, double ratio) {
    /** Of figures of which the smaller one is better; less than 1 counts as 1, so that nothing at all can be compared too. */
    public static Comparison ofCosts(String name, String unit, double akushu, double peer, String peerName) {
        return new Comparison(name, unit, akushu, peer, peerName, Math.max(peer, 1) / Math.max(akushu, 1));
    }

    /** Of figures of which the greater one is better. */
    public static Comparison ofGains(String name, String unit, double akushu, double peer, String peerName) {
        return new Comparison(name, unit, akushu, peer, peerName, akushu / peer);
    }
}
