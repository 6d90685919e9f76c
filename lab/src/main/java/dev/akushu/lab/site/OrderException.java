package dev.akushu.lab.site;

/** An order that cannot be carried out as it was given. */
final class OrderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;

    /**
     * As the text {@code order.}{@code key} of the page says.
     *
     * @param value what was given
     */
    OrderException(String key, String value) {
        super(key + ": " + value);
        this.key = key;
        this.value = value;
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }
}
