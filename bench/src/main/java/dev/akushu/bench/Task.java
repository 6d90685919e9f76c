package dev.akushu.bench;

import java.security.GeneralSecurityException;

/** One operation, done once; what it returns is kept, so that the compiler cannot leave the work out. */
@FunctionalInterface
interface Task {
    Object run() throws GeneralSecurityException;
}
