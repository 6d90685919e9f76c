package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The texts are complete in both languages. */
class TextsTest {
    private static final Pattern VALUE = Pattern.compile("\\{[0-9]+}");

    private static final Pattern HEADING = Pattern.compile("akushu\\.(\\w+)\\.heading\\.(.+)");

    private static Properties read(String name) throws IOException {
        Properties texts = new Properties();
        try (InputStream file = Program.class.getResourceAsStream(name + ".properties");
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    private static Set<String> valuesIn(String text) {
        TreeSet<String> values = new TreeSet<>();
        VALUE.matcher(text).results().forEach(match -> values.add(match.group()));
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Messages", "Help"})
    void everyTextIsThereInBothLanguages(String bundle) throws IOException {
        Properties english = read(bundle);
        Properties japanese = read(bundle + "_ja");

        assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.values())
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
        assertThat(japanese.values())
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Messages"})
    void bothLanguagesTellTheSameValues(String bundle) throws IOException {
        Properties english = read(bundle);
        Properties japanese = read(bundle + "_ja");

        for (String key : english.stringPropertyNames()) {
            assertThat(valuesIn(japanese.getProperty(key))).as(key).isEqualTo(valuesIn(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Messages", "Messages_ja"})
    void apostrophesAreDoubled(String bundle) throws IOException {
        Properties texts = read(bundle);

        for (String key : texts.stringPropertyNames()) {
            String text = texts.getProperty(key);
            assertThat(text.replace("''", "")).as(key).doesNotContain("'");
            assertThat(new MessageFormat(text).format(new Object[] {"0", "1", "2", "3", "4"}))
                    .as(key)
                    .doesNotContain("{");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionAndArgumentIsDescribed(Language language) {
        CommandLine parser = new CommandLine(new AkushuCommand());
        for (Subcommand command : Subcommand.values()) {
            parser.addSubcommand(command.create());
        }
        parser.setResourceBundle(Words.in(language).help());
        for (CommandLine command : parser.getSubcommands().values()) {
            requireDescribed(command.getCommandSpec());
            assertThat(command.getCommandSpec().usageMessage().footer()).hasSizeGreaterThan(2);
            for (CommandLine part : command.getSubcommands().values()) {
                requireDescribed(part.getCommandSpec());
            }
        }
    }

    /** A heading for an option that is gone would never be seen. */
    @ParameterizedTest
    @EnumSource
    void everyHeadingStandsBeforeAnOption(Language language) {
        ResourceBundle texts = Words.in(language).help();
        for (String key : texts.keySet()) {
            Matcher heading = HEADING.matcher(key);
            if (heading.matches()) {
                Object command = Subcommand.valueOf(heading.group(1).toUpperCase(Locale.ROOT))
                        .create();
                assertThat(CommandSpec.forAnnotatedObject(command).findOption("--" + heading.group(2)))
                        .as(key)
                        .isNotNull();
            }
        }
    }

    private static void requireDescribed(CommandSpec command) {
        Stream.concat(command.options().stream(), command.positionalParameters().stream())
                .forEach(argument -> assertThat(String.join("", argument.description()))
                        .as(command.name() + " " + argument.paramLabel() + " " + argument)
                        .isNotBlank());
        assertThat(command.usageMessage().header()).isNotEmpty();
        assertThat(command.usageMessage().description()).isNotEmpty();
    }
}
