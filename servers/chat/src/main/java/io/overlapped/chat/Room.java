package io.overlapped.chat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is here and what is said: everybody gets everything, in one order. No I/O of its own.
 *
 * <p>Threads: the proactor's.
 */
final class Room {
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> byName = new HashMap<>();
    private ChatListener watcher = new ChatListener() {};
    private volatile int size;

    /** How many are here; on any thread. */
    int size() {
        return size;
    }

    /** Tells {@code listener} all that happens from now on, in its order. */
    void watch(ChatListener listener) {
        watcher = listener;
    }

    boolean isTaken(String name) {
        return byName.containsKey(Names.key(name));
    }

    @Nullable Member find(int id) {
        return members.get(id);
    }

    Iterable<Member> members() {
        return members.values();
    }

    /** Takes somebody in whose name nobody has, and tells the others. */
    void join(Member who) {
        tellAll(News.joined(who));
        watcher.joined(who.id(), who.name());
        members.put(who.id(), who);
        byName.put(Names.key(who.name()), who);
        size = members.size();
    }

    /** Lets somebody go, and tells the others. */
    void leave(Member who) {
        if (members.remove(who.id(), who)) {
            byName.remove(Names.key(who.name()));
            size = members.size();
            tellAll(News.left(who));
            watcher.left(who.id(), who.name());
        }
    }

    /** Tells everybody what {@code who} said, {@code who} too. */
    void said(Member who, byte[] text, News news) {
        tellAll(news);
        watcher.said(who.id(), who.name(), new String(text, Texts.CHARSET));
    }

    private void tellAll(News news) {
        members.values().forEach(member -> member.tell(news));
    }
}
