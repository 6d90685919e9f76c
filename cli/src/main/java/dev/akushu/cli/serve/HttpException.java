package dev.akushu.cli.serve;

/** A request that gets an error for an answer, after which the connection is closed. */
final class HttpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    HttpException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
