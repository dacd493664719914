package io.coursewire.webhooks.sending;

import io.coursewire.kernel.InvalidInput;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A block of addresses in CIDR form, such as `10.0.0.0/8` or `fd00::/8`.
public record AddressBlock(InetAddress first, int prefixBits) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/([0-9]{1,3}))?");

    /// `setting` is the pointer that the error names.
    public static AddressBlock parse(String text, String setting) {
        var match = FORM.matcher(text);
        if (match.matches()) {
            Optional<InetAddress> address = HostRules.literal(match.group(1));
            int bitsMax = address.map(a -> a.getAddress().length * 8).orElse(-1);
            int bits = match.group(2) == null ? bitsMax : Integer.parseInt(match.group(2));
            if (address.isPresent() && bits <= bitsMax) {
                return new AddressBlock(address.get(), bits);
            }
        }
        throw new InvalidInput(
                setting,
                "\"%s\" is not a block of addresses; write it as 10.1.0.0/16, fd00::/8 or one address"
                        .formatted(text));
    }

    /// The address alone as a block, in the form that a setting takes.
    static AddressBlock of(InetAddress address) {
        return new AddressBlock(address, address.getAddress().length * 8);
    }

    static AddressBlock of(String cidr) {
        return parse(cidr, "");
    }

    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >>> (bit % 8);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefixBits;
    }
}
