package dev.stretcher.sources.internal.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts of a {@code NO_PROXY} list: addresses, CIDR blocks, names with their subdomains, {@code
 * .name} for subdomains only, {@code *} for all; each with a port if only that is meant. Immutable.
 */
public final class NoProxy {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");
  private static final Pattern PORT = Pattern.compile("(.*[^:]|\\[.*]):([0-9]{1,5})");

  private final List<Rule> rules;

  private NoProxy(List<Rule> rules) {
    this.rules = rules;
  }

  @FunctionalInterface
  private interface Rule {
    boolean matches(String host, int port);
  }

  public static NoProxy parse(String list) {
    return new NoProxy(
        Stream.of(list.split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .map(NoProxy::rule)
            .toList());
  }

  public boolean matches(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean local =
        name.equals("localhost") || address(name).map(InetAddress::isLoopbackAddress).orElse(false);
    return local || rules.stream().anyMatch(rule -> rule.matches(name, port));
  }

  private static Rule rule(String entry) {
    if (entry.equals("*")) {
      return (host, port) -> true;
    }
    if (entry.contains("/")) {
      return block(entry);
    }
    Matcher withPort = PORT.matcher(entry);
    boolean hasPort = withPort.matches() && !isPlainIpv6(entry);
    Rule host = host(hasPort ? withPort.group(1) : entry);
    if (!hasPort) {
      return host;
    }
    int only = Integer.parseInt(withPort.group(2));
    return (name, port) -> port == only && host.matches(name, port);
  }

  private static boolean isPlainIpv6(String entry) {
    return !entry.startsWith("[") && entry.indexOf(':') != entry.lastIndexOf(':');
  }

  private static Rule host(String entry) {
    Optional<InetAddress> address = address(entry);
    if (address.isPresent()) {
      return (host, port) -> address(host).equals(address);
    }
    String name = entry.startsWith("*.") ? entry.substring(1) : entry;
    return name.startsWith(".")
        ? (host, port) -> host.endsWith(name)
        : (host, port) -> host.equals(name) || host.endsWith("." + name);
  }

  private static Rule block(String entry) {
    String[] parts = entry.split("/", 2);
    Optional<InetAddress> network = address(parts[0]);
    if (network.isEmpty() || !parts[1].matches("[0-9]{1,3}")) {
      return (host, port) -> false;
    }
    int bits = Integer.parseInt(parts[1]);
    if (bits > network.get().getAddress().length * 8) {
      return (host, port) -> false;
    }
    return (host, port) ->
        address(host).filter(a -> isIn(network.get().getAddress(), bits, a)).isPresent();
  }

  private static boolean isIn(byte[] network, int bits, InetAddress address) {
    byte[] bytes = address.getAddress();
    int rest = network.length * 8 - bits;
    return bytes.length == network.length
        && new BigInteger(1, bytes)
            .shiftRight(rest)
            .equals(new BigInteger(1, network).shiftRight(rest));
  }

  /** Returns the address that a text contains, without asking the DNS. */
  private static Optional<InetAddress> address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
