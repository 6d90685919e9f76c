package dev.akushu.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options in a command's help, in parts: the help texts may have a heading for an option, which then begins a part. Where they have none, all options stand under one heading.
 */
final class OptionList implements IHelpSectionRenderer {
    private OptionList() {}

    /** Lists the options of {@code command} so. */
    static void in(CommandLine command) {
        var sections = command.getHelpSectionMap();
        // Each part brings its own.
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, _ -> "");
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionList());
    }

    @Override
    public String render(Help help) {
        CommandSpec command = help.commandSpec();
        List<OptionSpec> options = command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .toList();
        StringBuilder text = new StringBuilder();
        String heading = help.optionListHeading();
        List<OptionSpec> part = new ArrayList<>();
        for (OptionSpec option : options) {
            String next = heading(command, option);
            if (next != null) {
                append(text, heading, part, help);
                heading = help.createHeading("%n" + next + ":%n");
                part.clear();
            }
            part.add(option);
        }
        append(text, heading, part, help);
        return text.toString();
    }

    private static void append(StringBuilder text, String heading, List<OptionSpec> part, Help help) {
        if (!part.isEmpty()) {
            Help.Layout layout = help.createDefaultLayout();
            layout.addOptions(part, help.parameterLabelRenderer());
            text.append(heading).append(layout);
        }
    }

    private static @Nullable String heading(CommandSpec command, OptionSpec option) {
        ResourceBundle texts = command.resourceBundle();
        String key =
                command.qualifiedName(".") + ".heading." + option.longestName().replaceFirst("^-+", "");
        return texts != null && texts.containsKey(key) ? texts.getString(key) : null;
    }
}
