package dev.akushu.tls.identity;

/**
 * RSASSA-PSS-params of a key or a signature. RFC 4055 section 3.1.
 *
 * @param hash the object identifier of the hash
 * @param maskHash the object identifier of the hash in MGF1
 * @param saltLength in bytes; of a key the least that its signatures may have
 */
record PssParameters(String hash, String maskHash, int saltLength) {
    static final String SHA1 = "1.3.14.3.2.26";
    static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    static final String SHA384 = "2.16.840.1.101.3.4.2.2";
    static final String SHA512 = "2.16.840.1.101.3.4.2.3";

    private static final String MGF1 = "1.2.840.113549.1.1.8";

    static PssParameters read(DerReader in) throws DerException {
        DerReader fields = in.enter(DerReader.SEQUENCE, "RSASSA-PSS-params");
        String hash = SHA1;
        String maskHash = SHA1;
        int saltLength = 20;
        if (fields.nextIs(DerReader.constructed(0))) {
            hash = hash(fields.enterNext("hashAlgorithm"));
        }
        if (fields.nextIs(DerReader.constructed(1))) {
            maskHash = maskHash(fields.enterNext("maskGenAlgorithm"));
        }
        if (fields.nextIs(DerReader.constructed(2))) {
            saltLength = fields.enterNext("saltLength").smallInteger("saltLength");
        }
        if (fields.nextIs(DerReader.constructed(3))) {
            int start = fields.position();
            if (fields.enterNext("trailerField").smallInteger("trailerField") != 1) {
                throw new DerException(start, "trailerField is not 1");
            }
        }
        fields.expectEnd("RSASSA-PSS-params");
        return new PssParameters(hash, maskHash, saltLength);
    }

    /**
     * Whether a signature with {@code digest} of {@code digestLength} bytes, as salt length too, is within these
     * parameters of a key.
     */
    boolean allow(String digest, int digestLength) {
        return hash.equals(digest) && maskHash.equals(digest) && saltLength <= digestLength;
    }

    private static String hash(DerReader in) throws DerException {
        DerReader algorithm = in.enter(DerReader.SEQUENCE, "hashAlgorithm");
        String identifier = algorithm.objectIdentifier("hashAlgorithm");
        // RFC 4055 2.1: NULL and absent parameters mean the same.
        if (algorithm.hasMore()) {
            algorithm.nullValue("parameters of hashAlgorithm");
        }
        algorithm.expectEnd("hashAlgorithm");
        return identifier;
    }

    private static String maskHash(DerReader in) throws DerException {
        int start = in.position();
        DerReader algorithm = in.enter(DerReader.SEQUENCE, "maskGenAlgorithm");
        if (!algorithm.objectIdentifier("maskGenAlgorithm").equals(MGF1)) {
            throw new DerException(start, "maskGenAlgorithm is not MGF1");
        }
        return hash(algorithm);
    }
}
