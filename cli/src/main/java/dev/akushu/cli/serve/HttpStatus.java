package dev.akushu.cli.serve;

/** The status codes that this server sends. RFC 9110 section 15. */
enum HttpStatus {
    /** 200. */
    OK(200, "OK"),
    /** 301. */
    MOVED_PERMANENTLY(301, "Moved Permanently"),
    /** 400. */
    BAD_REQUEST(400, "Bad Request"),
    /** 404. */
    NOT_FOUND(404, "Not Found"),
    /** 405. */
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    /** 414. */
    URI_TOO_LONG(414, "URI Too Long"),
    /** 431. */
    HEADER_FIELDS_TOO_LARGE(431, "Request Header Fields Too Large"),
    /** 505. */
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int code;
    private final String reason;

    HttpStatus(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** Code and reason as they stand in the status line. */
    @Override
    public String toString() {
        return code + " " + reason;
    }
}
