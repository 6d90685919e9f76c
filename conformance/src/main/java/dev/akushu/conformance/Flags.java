package dev.akushu.conformance;

import java.util.Iterator;
import java.util.List;

/**
 * The runner's command line, split into what holds for the first connection and for those that resume it.
 *
 * @param initial for the first connection
 * @param resumed for each further one
 * @param retried for what is left of one of these after a server has refused the early data
 */
record Flags(Options initial, Options resumed, Options retried) {
    /** Both parts of a test run in the shim. */
    private static final String ON_SHIM = "-on-shim";

    private static final String ON_INITIAL = "-on-initial";
    private static final String ON_RESUME = "-on-resume";

    private static final String ON_RETRY = "-on-retry";

    static Flags parse(List<String> arguments) throws OutOfScope {
        Options initial = new Options();
        Options resumed = new Options();
        Options retried = new Options();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = without(ON_SHIM, rest.next());
            String name = without(ON_RETRY, without(ON_RESUME, without(ON_INITIAL, argument)));
            Flag flag = known(name);
            String value = flag.takesValue() ? rest.next() : "";
            boolean unprefixed = argument.equals(name);
            if (unprefixed || argument.startsWith(ON_INITIAL)) {
                initial.add(flag, value);
            }
            if (unprefixed || argument.startsWith(ON_RESUME)) {
                resumed.add(flag, value);
            }
            if (unprefixed || argument.startsWith(ON_RETRY)) {
                retried.add(flag, value);
            }
        }
        return new Flags(initial, resumed, retried);
    }

    private static Flag known(String name) throws OutOfScope {
        Flag flag = name.startsWith("-") ? Flag.find(name.substring(1)) : null;
        if (flag == null) {
            throw new OutOfScope("the flag " + name);
        }
        return flag;
    }

    /** The argument without {@code prefix}; the hyphen behind it stays. */
    private static String without(String prefix, String argument) {
        return argument.startsWith(prefix + "-") ? argument.substring(prefix.length()) : argument;
    }
}
