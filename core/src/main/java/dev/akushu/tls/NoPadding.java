package dev.akushu.tls;

import java.util.random.RandomGenerator;

/** Costs nothing, and can be told from the others. */
enum NoPadding implements RecordPadding {
    INSTANCE;

    @Override
    public int zeros(int contentLength, int room, RandomGenerator random) {
        return 0;
    }
}
