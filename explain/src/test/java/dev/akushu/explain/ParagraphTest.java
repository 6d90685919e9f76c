package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void breaksEnglishBetweenWords() {
        assertThat(Paragraph.lines("both ends compute the same secret", 14))
                .containsExactly("both ends", "compute the", "same secret");
    }

    @Test
    void countsJapaneseCharactersAsTwoColumns() {
        assertThat(Columns.of("鍵交換 ABC")).isEqualTo(10);
        assertThat(Columns.padRight("サーバ", 8)).isEqualTo("サーバ  ");
        assertThat(Columns.padLeft("7", 3)).isEqualTo("  7");
    }

    @Test
    void breaksJapaneseBetweenPhrasesAndNotInsideWords() {
        assertThat(Paragraph.lines("サーバはチケットを封じて、クライアントに渡します。", 24))
                .containsExactly("サーバはチケットを", "封じて、クライアントに", "渡します。");
    }

    @Test
    void lineDoesNotBeginWithAParticleThatFollowsALatinWord() {
        assertThat(Paragraph.lines("アラート certificate_expired が届きます", 28))
                .containsExactly("アラート", "certificate_expired が", "届きます");
    }

    @Test
    void numberStaysWithItsJapaneseUnit() {
        assertThat(Paragraph.lines("長さは 16 バイト", 9)).containsExactly("長さは", "16 バイト");
    }

    @Test
    void whatIsWiderThanALineIsCut() {
        assertThat(Paragraph.lines("0123456789abcdef", 6)).containsExactly("012345", "6789ab", "cdef");
    }

    @Test
    void emptyTextIsOneEmptyLine() {
        assertThat(Paragraph.lines("", 20)).containsExactly("");
    }

    @Property
    void noLineIsWiderThanThePageAndNothingIsLost(
            @ForAll
                    @StringLength(max = 120)
                    @CharRange(from = 'a', to = 'e')
                    @CharRange(from = ' ', to = ' ')
                    @CharRange(from = 'あ', to = 'お')
                    @CharRange(from = 'ア', to = 'オ')
                    @CharRange(from = '一', to = '万')
                    @CharRange(from = '、', to = '。')
                    @CharRange(from = '「', to = '」')
                    String text,
            @ForAll @IntRange(min = 2, max = 60) int width) {
        List<String> lines = Paragraph.lines(text, width);

        assertThat(lines).allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width));
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }

    @Test
    void peersCannotMakeTheTerminalObey() {
        assertThat(Printable.of("a\u001b[2Jb\u202ec\r\nd\u0000")).isEqualTo("a\ufffd[2Jb\ufffdc\ufffd d\ufffd");
    }
}
