package dev.akushu.fleet;

/** What the store does in one step. */
enum StoreScript {
    /**
     * Remembers a ClientHello. What a store has kept since when is noted together with the run of its process: one that was started anew, or a replica that took over, may lack what the one
     * before had remembered, and then nothing is fresh until all of that would be over (RFC 9846 section 8.2). {@link SharedReplayGuard} says why the time of the store decides.
     *
     * <p>KEYS: the ClientHello, the note. ARGV: the run, the earliest and the latest time at which it is fresh, how long a store must have been there; in milliseconds.
     */
    REMEMBER("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local note = redis.call('GET', KEYS[2]) or ''
            local run, since = string.match(note, '^(%S+) (%d+)$')
            if run ~= ARGV[1] then
              since = now
              redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. string.format('%.0f', now))
            end
            if now < tonumber(ARGV[2]) or now > tonumber(ARGV[3]) then return 'CANNOT_TELL' end
            -- It goes when the next millisecond begins, and now is never before the time by which keys go.
            local over = string.format('%.0f', tonumber(ARGV[3]) + 1)
            if not redis.call('SET', KEYS[1], '', 'NX', 'PXAT', over) then return 'SEEN' end
            if now - since <= tonumber(ARGV[4]) then return 'CANNOT_TELL' end
            return 'FRESH'
            """),

    /** Gives up a lease that is still its holder's. KEYS: the lease. ARGV: the holder. */
    RELEASE("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """),

    /**
     * Some of the entries, each a name and a text, after the cursor that goes on and the number of fields that are none: these may have any length, and stay in the store. Stores before Redis 7.4 and Valkey 8 cannot
     * tell names without values.
     *
     * <p>KEYS: the entries. ARGV: the cursor, about how many, the longest entry, the length of a name.
     */
    PART("""
            local step = 1
            local page = redis.pcall('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2], 'NOVALUES')
            if page.err then
              step = 2
              page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
            end
            local part, others = {page[1], '0'}, 0
            for i = 1, #page[2], step do
              local name = page[2][i]
              if #name == tonumber(ARGV[4]) and not string.find(name, '[^0-9a-f]')
                and redis.call('HSTRLEN', KEYS[1], name) <= tonumber(ARGV[3]) then
                part[#part + 1] = name
                part[#part + 1] = redis.call('HGET', KEYS[1], name)
              else
                others = others + 1
              end
            end
            part[2] = tostring(others)
            return part
            """),

    /** Those of some names, in their order; an empty one for what is too long. KEYS: the entries. ARGV: the longest entry, the names. */
    NAMED("""
            local entries = {}
            for i = 2, #ARGV do
              if redis.call('HSTRLEN', KEYS[1], ARGV[i]) > tonumber(ARGV[1]) then
                entries[i - 1] = ''
              else
                entries[i - 1] = redis.call('HGET', KEYS[1], ARGV[i])
              end
            end
            return entries
            """);

    private final String text;

    StoreScript(String text) {
        this.text = text;
    }

    /** In Lua. */
    String text() {
        return text;
    }
}
