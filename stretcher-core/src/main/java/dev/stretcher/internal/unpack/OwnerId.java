package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.EntryName;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An owner as an archive names it; the name is Latin-1, byte by byte. */
record OwnerId(String name, long id) {
  // Written out, because the first generated ones of a JVM cost a tiny deploy 10 ms.
  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerId owner && id == owner.id && name.equals(owner.name);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Long.hashCode(id);
  }

  /** Returns the name. */
  String nativeName() throws UserPrincipalNotFoundException {
    return textIfNamed().orElseThrow(() -> new UserPrincipalNotFoundException(name));
  }

  /** Returns the name, if there is one; the JDK takes digits for a number, tar does not. */
  Optional<String> textIfNamed() {
    return isNumber()
        ? Optional.empty()
        : Optional.of(new String(EntryName.bytes(name), StandardCharsets.UTF_8));
  }

  /** Tells whether the name is empty or has digits alone. */
  private boolean isNumber() {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns the number as the system calls take it: 32 bits, without a sign. */
  Integer number() {
    return (int) id;
  }

  /** Returns the number, and the name if there is one, as text for people. */
  String shown() {
    return name.isEmpty()
        ? Long.toString(id)
        : id + " (" + EntryName.text(EntryName.bytes(name)) + ")";
  }

  /**
   * A memory of owners. An archive may name millions; owners that were not asked for lately are
   * forgotten.
   */
  static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 1000;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
