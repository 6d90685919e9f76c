package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;

/** A behaviour of sockets that is run with the JDK's provider and with Akushu, and what a caller sees each time. */
record SideBySide(String name, Behaviour behaviour, List<String> sun, List<String> akushu, String why) {
    /** Both do the same. */
    static SideBySide same(String name, Behaviour behaviour) {
        return new SideBySide(name, behaviour, List.of(), List.of(), "");
    }

    /** Where they differ, what each does is written down, and why Akushu does not do as the JDK. */
    static SideBySide differs(String name, Behaviour behaviour, String sun, String akushu, String why) {
        return new SideBySide(name, behaviour, List.of(sun.split("; ", -1)), List.of(akushu.split("; ", -1)), why);
    }

    /** Where it is a matter of chance what the JDK does, only what Akushu does is looked at. */
    static SideBySide byChance(String name, Behaviour behaviour, String akushu, String why) {
        return new SideBySide(name, behaviour, List.of(), List.of(akushu.split("; ", -1)), why);
    }

    void run() throws Exception {
        if (sun.isEmpty() && !akushu.isEmpty()) {
            assertThat(seen(Contexts.akushu())).as("Akushu; %s", why).isEqualTo(akushu);
            return;
        }
        List<String> ofSun = seen(Contexts.sun());
        List<String> ofAkushu = seen(Contexts.akushu());
        if (why.isEmpty()) {
            assertThat(ofAkushu).isEqualTo(ofSun).isNotEmpty();
        } else {
            assertThat(ofSun).as("SunJSSE").isEqualTo(sun);
            assertThat(ofAkushu).as("Akushu; %s", why).isEqualTo(akushu);
        }
    }

    private List<String> seen(SSLContext context) throws Exception {
        try (Trial trial = new Trial(context)) {
            behaviour.run(trial);
            return trial.seen();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** What a program does with sockets. */
    @FunctionalInterface
    interface Behaviour {
        void run(Trial trial) throws Exception;
    }
}
