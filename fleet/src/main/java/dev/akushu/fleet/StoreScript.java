package dev.akushu.fleet;

/** What the store does in one step. */
enum StoreScript {
    /**
     * Remembers a ClientHello. One that does not come in its time is remembered, too: the client, once refused, may have sent the data again. {@link SharedReplayGuard} says why the time of the store decides.
     *
     * <p>KEYS: the note, the ClientHello. ARGV: the reign, the silence, the server's time, by how much it may differ, the earliest and the latest time at which the ClientHello is fresh, how long a store must have been there; in milliseconds. For so
     * long at most is remembered what a server with another time asks about, which may be wrong by years; and by such a time no store begins to be old.
     */
    REMEMBER(Lua.NOTE + """
            local earliest, latest, age = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
            local agreed = math.abs(now - tonumber(ARGV[3])) <= tonumber(ARGV[4])
            local over = latest + silence
            if not agreed then over = math.min(over, now + age) end
            if now >= over then return 'CANNOT_TELL' end
            if not redis.call('SET', KEYS[2], '', 'NX', 'PXAT', string.format('%.0f', over)) then return 'SEEN' end
            if not agreed then return 'CANNOT_TELL' end
            if not noted then
              since = math.min(math.max(now, last or 0, since or 0), furthest)
              note(ARGV[1])
            end
            if not kept or now < earliest or now > latest or now - since <= age then return 'CANNOT_TELL' end
            return 'FRESH'
            """),

    /** Tells the time as seconds and microseconds, and whether the note is true. KEYS: the note. ARGV: the reign, the silence. */
    TIME(Lua.NOTE + """
            if reign and not noted and reign ~= 'over' then
              since = math.max(since, last)
              note('over')
            end
            return {time[1], time[2], kept and 'kept' or ''}
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

    private static final class Lua {
        /**
         * Reads the note, and keeps it true: since when a store has kept what it was told, together with its reign. One that was started anew, or a replica that took over, may lack what the one before had remembered, and then nothing is fresh until
         * all of that would be over (RFC 9846 section 8.2).
         *
         * <p>A clock that was ahead has made marks go too early. So the note has the latest time, too, that a question or a look has seen. While any server looks, that is younger than a silence, and marks stay for a silence longer than they would be needed:
         * what was set back by less has lost none, and what was set back by more is found, and nothing is fresh until the old time has come again, or for longer than any key lasts. A store of another reign may have another clock, and is held to the
         * latest time, too; a look that sees another reign says that the one of the note is over, which may look the same later. Time that nobody has seen, because the clock was set ahead or no server was there, makes no store older, but for a silence.
         */
        static final String NOTE = """
                local time = redis.call('TIME')
                local now = time[1] * 1000 + math.floor(time[2] / 1000)
                local reign, since, last = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%d+) (%d+)$')
                local noted = reign == ARGV[1]
                local silence = tonumber(ARGV[2])
                local furthest = now + 8 * 86400000
                local kept = true
                local function note(of)
                  kept = not redis.pcall('SET', KEYS[1], string.format('%s %.0f %.0f', of, since, now)).err
                end
                if noted and now < last - 1000 then
                  since = math.min(math.max(since, last), furthest)
                  note(ARGV[1])
                elseif noted and now - last >= 1000 then
                  since = math.max(since, math.min(since + math.max(0, now - last - silence), now))
                  note(ARGV[1])
                end
                """;

        private Lua() {}
    }

    private final String text;

    StoreScript(String text) {
        this.text = text;
    }

    /** In Lua. */
    String text() {
        return text;
    }
}
