package dev.akushu.curves.generator;

import java.util.List;

/** In which order the terms of a sum are written. C2's scheduler and register allocator react to it by up to 30 %. */
enum Order {
    ASCENDING,
    DESCENDING;

    <T> List<T> of(List<T> terms) {
        return this == ASCENDING ? terms : terms.reversed();
    }
}
