package dev.akushu.lab.keep;

import dev.akushu.tls.Role;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Puts what two ends said into TCP segments in IPv4 packets between two ports of loopback. RFC 9293, RFC 791. */
final class TcpTalk {
    private static final int SERVER_PORT = 443;
    private static final int FIRST_CLIENT_PORT = 49_152;
    private static final int LOOPBACK = 0x7f000001;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 20;
    private static final int TCP = 6;
    private static final int HOPS = 64;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;

    private final int clientPort;
    private final Map<Role, Integer> next = new EnumMap<>(Role.class);

    /** The connection {@code number} of a file: each has a client's port of its own. */
    TcpTalk(int number) {
        clientPort = FIRST_CLIENT_PORT + number;
        next.put(Role.CLIENT, 0);
        next.put(Role.SERVER, 0);
    }

    /** The three packets that open the connection. */
    List<byte[]> open() {
        byte[] first = packet(Role.CLIENT, SYN, new byte[0]);
        next.merge(Role.CLIENT, 1, Integer::sum);
        byte[] second = packet(Role.SERVER, SYN | ACK, new byte[0]);
        next.merge(Role.SERVER, 1, Integer::sum);
        return List.of(first, second, packet(Role.CLIENT, ACK, new byte[0]));
    }

    byte[] segment(Role sender, byte[] data) {
        byte[] packet = packet(sender, PSH | ACK, data);
        next.merge(sender, data.length, Integer::sum);
        return packet;
    }

    byte[] end(Role sender) {
        byte[] packet = packet(sender, FIN | ACK, new byte[0]);
        next.merge(sender, 1, Integer::sum);
        return packet;
    }

    private byte[] packet(Role sender, int flags, byte[] data) {
        int tcpLength = TCP_HEADER + data.length;
        ByteBuffer packet = ByteBuffer.allocate(IP_HEADER + tcpLength);
        packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
        packet.put((byte) HOPS).put((byte) TCP).putShort((short) 0);
        packet.putInt(LOOPBACK).putInt(LOOPBACK);
        boolean client = sender == Role.CLIENT;
        packet.putShort((short) (client ? clientPort : SERVER_PORT));
        packet.putShort((short) (client ? SERVER_PORT : clientPort));
        packet.putInt(next.getOrDefault(sender, 0));
        packet.putInt((flags & ACK) == 0 ? 0 : next.getOrDefault(sender.peer(), 0));
        packet.putShort((short) (TCP_HEADER / 4 << 12 | flags)).putShort((short) 0xffff);
        packet.putInt(0).put(data);
        byte[] bytes = packet.array();
        packet.putShort(10, (short) checksum(0, bytes, 0, IP_HEADER));
        // RFC 9293 3.1: the sum of TCP covers the addresses, the protocol and the length as well.
        long pseudoHeader = 2L * (LOOPBACK >>> 16) + 2L * (LOOPBACK & 0xffff) + TCP + tcpLength;
        packet.putShort(IP_HEADER + 16, (short) checksum(pseudoHeader, bytes, IP_HEADER, tcpLength));
        return bytes;
    }

    /** The sum of 16-bit words in ones' complement, complemented. RFC 1071. */
    private static int checksum(long start, byte[] bytes, int offset, int length) {
        long sum = start;
        for (int i = 0; i < length; i++) {
            int octet = bytes[offset + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
