package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.nio.file.Path;
import java.security.Security;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * PostgreSQL's driver takes the JVM's first provider. Its own socket factory makes a context for each connection, which
 * therefore never resumes; PostgreSQL's server would not either.
 */
public final class PostgresSnippet {
    private PostgresSnippet() {}

    // snippet: PostgreSQL
    /** Checks the server's name and certificate, and that nobody stands between (channel binding). */
    public static Connection connect(String url, String user, String password, Path rootPem) throws SQLException {
        Security.insertProviderAt(new AkushuProvider(), 1);
        Properties settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("password", password);
        settings.setProperty("sslmode", "verify-full");
        settings.setProperty("sslrootcert", rootPem.toString());
        settings.setProperty("channelBinding", "require");
        return DriverManager.getConnection(url, settings);
    }
    // end
}
