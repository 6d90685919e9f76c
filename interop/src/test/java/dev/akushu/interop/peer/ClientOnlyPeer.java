package dev.akushu.interop.peer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A peer that has no server and speaks HTTP. */
abstract class ClientOnlyPeer implements Peer {
    @Override
    public final RunningServer startServer(ServerSpec spec) {
        throw new UnsupportedOperationException(name() + " is no server");
    }

    static Set<Feature> clientFeatures(Feature... more) {
        EnumSet<Feature> features = EnumSet.of(Feature.CLIENT, Feature.CLIENT_SPEAKS_HTTP_ONLY);
        features.addAll(Arrays.asList(more));
        return features;
    }
}
