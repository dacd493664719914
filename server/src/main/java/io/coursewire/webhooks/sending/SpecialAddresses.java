package io.coursewire.webhooks.sending;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which addresses are not plain public ones: the special-purpose registries of IANA for IPv4 and IPv6
/// (RFC 6890), multicast, and everything of IPv6 outside of 2000::/3. Pure.
final class SpecialAddresses {
    private static final AddressBlock GLOBAL_UNICAST = AddressBlock.of("2000::/3");
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16");
    private static final AddressBlock MAPPED = new AddressBlock(mappedZero(), 96);

    private static final Map<AddressBlock, String> BLOCKS = new LinkedHashMap<>();

    static {
        block("0.0.0.0/8", "this network");
        block("10.0.0.0/8", "private use");
        block("100.64.0.0/10", "shared address space of carriers");
        block("127.0.0.0/8", "loopback");
        block("169.254.0.0/16", "link-local, where cloud metadata is served");
        block("172.16.0.0/12", "private use");
        block("192.0.0.0/24", "IETF protocol assignments");
        block("192.0.2.0/24", "documentation");
        block("192.31.196.0/24", "AS112");
        block("192.52.193.0/24", "multicast tunnelling");
        block("192.88.99.0/24", "6to4 relays");
        block("192.168.0.0/16", "private use");
        block("192.175.48.0/24", "AS112");
        block("198.18.0.0/15", "benchmarking");
        block("198.51.100.0/24", "documentation");
        block("203.0.113.0/24", "documentation");
        block("224.0.0.0/4", "multicast");
        block("240.0.0.0/4", "reserved, broadcast");
        block("::/128", "the unspecified address");
        block("::1/128", "loopback");
        block("::/96", "IPv4-compatible addresses");
        block("64:ff9b:1::/48", "local NAT64");
        block("100::/64", "discard only");
        block("100:0:0:1::/64", "dummy prefix");
        block("2001::/23", "IETF protocol assignments, Teredo");
        block("2001:db8::/32", "documentation");
        block("2620:4f:8000::/48", "AS112");
        block("3fff::/20", "documentation");
        block("5f00::/16", "segment routing");
        block("fc00::/7", "private use");
        block("fe80::/10", "link-local");
        block("fec0::/10", "site-local");
        block("ff00::/8", "multicast");
    }

    private SpecialAddresses() {}

    /// The block and what it is for; empty when the address is public.
    static Optional<String> reason(InetAddress address) {
        for (var block : BLOCKS.entrySet()) {
            if (block.getKey().contains(address)) {
                return Optional.of(
                        "%s is in %s (%s)"
                                .formatted(
                                        address.getHostAddress(),
                                        block.getKey(),
                                        block.getValue()));
            }
        }
        if (address instanceof Inet4Address || GLOBAL_UNICAST.contains(address)) {
            return Optional.empty();
        }
        return Optional.of(address.getHostAddress() + " is outside of 2000::/3 (not assigned)");
    }

    /// The IPv4 address that packets to this one end up at: IPv4-mapped, NAT64, 6to4.
    static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || MAPPED.contains(address)) {
            return Optional.of(ipv4(bytes, 12));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(ipv4(bytes, 2)) : Optional.empty();
    }

    private static void block(String cidr, String purpose) {
        BLOCKS.put(AddressBlock.of(cidr), purpose);
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        return address(Arrays.copyOfRange(bytes, from, from + 4));
    }

    // InetAddress turns mapped addresses into IPv4 ones wherever it can; Inet6Address.getByAddress
    // does not.
    private static InetAddress mappedZero() {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        try {
            return java.net.Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
