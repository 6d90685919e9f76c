package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The two forms of a time in a certificate, YYMMDDHHMMSSZ and YYYYMMDDHHMMSSZ. RFC 5280 section 4.1.2.5. */
final class DerTime {
    private DerTime() {}

    static Instant parse(Bytes text, boolean utcTime, int offset, String what) throws DerException {
        int yearDigits = utcTime ? 2 : 4;
        if (text.length() != yearDigits + 11 || text.at(text.length() - 1) != 'Z') {
            throw new DerException(offset, what + " is not of the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ");
        }
        int[] fields = new int[6];
        fields[0] = digits(text, 0, yearDigits, offset, what);
        for (int i = 1; i < fields.length; i++) {
            fields[i] = digits(text, yearDigits + (i - 1) * 2, 2, offset, what);
        }
        // RFC 5280 4.1.2.5.1: two digits stand for 1950 to 2049.
        int year = !utcTime ? fields[0] : fields[0] < 50 ? 2000 + fields[0] : 1900 + fields[0];
        try {
            return LocalDateTime.of(year, fields[1], fields[2], fields[3], fields[4], fields[5])
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            DerException problem = new DerException(offset, what + " is a date that does not exist");
            problem.initCause(e);
            throw problem;
        }
    }

    private static int digits(Bytes text, int from, int count, int offset, String what) throws DerException {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (text.at(i) < '0' || text.at(i) > '9') {
                throw new DerException(offset, what + " has something else than digits");
            }
            value = value * 10 + text.at(i) - '0';
        }
        return value;
    }
}
