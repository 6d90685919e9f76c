package dev.akushu.curves.machinecode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where machine code decides by a value: conditional jumps and moves, conditions made numbers, and divisions, whose time depends on the numbers. Each is told by its kind: what sets the
 * condition, registers, places in memory and addresses left out, and what follows from it.
 */
final class Decisions {
    private static final Pattern DECISION =
            Pattern.compile("(j(?!mp)[a-z]+|cmov[a-z]+|set[a-z]+|i?div|loop[a-z]*|rep[a-z]*) .*");
    private static final Pattern KEEPS_FLAGS = Pattern.compile(
            "(mov|lea|nop|vmov|vpbroadcast|vpextr|vpinsr|push|pop|cmov|j|set|not|xchg|shlx|shrx|sarx|rorx|mulx|data16|call|cs).*");
    private static final Pattern REGISTER =
            Pattern.compile("\\b(r[a-z0-9]+|e[a-z]{2}|[a-d][xlh]|[sd]il?|[sb]pl?|[xyz]mm[0-9]+|k[0-7])\\b");

    private Decisions() {}

    /** How often each kind is in the code. */
    static Map<String, Integer> of(List<String> code) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < code.size(); i++) {
            if (DECISION.matcher(code.get(i)).matches()) {
                kinds.merge(kind(code, i), 1, Integer::sum);
            }
        }
        return kinds;
    }

    private static String kind(List<String> code, int at) {
        String operation = code.get(at).split(" ", 2)[0];
        String setter = setter(code, at);
        if (setter.startsWith("cmp DWORD PTR [r15+") && operation.equals("jne")) {
            return "entry barrier";
        }
        if (setter.startsWith("cmp rsp,QWORD PTR [r15+") && operation.equals("ja")) {
            return "return poll";
        }
        return shape(setter) + " " + operation;
    }

    /** The instruction whose flags are asked. */
    private static String setter(List<String> code, int at) {
        for (int i = at - 1; i >= 0; i--) {
            String instruction = code.get(i).replaceAll("\\s+", " ");
            if (!KEEPS_FLAGS.matcher(instruction).matches()) {
                return instruction;
            }
        }
        return "nothing";
    }

    private static String shape(String instruction) {
        String memory =
                instruction.replaceAll("([A-Z]+ PTR )?(ds:)?\\[[^]]*]", "m").replaceAll("\\s*#.*", "");
        return REGISTER.matcher(memory).replaceAll("r").replaceAll("0x[0-9a-f]{5,}", "address");
    }
}
