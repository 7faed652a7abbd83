package dev.stretcher.pack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * To whom the files of an archive belong. Immutable.
 *
 * <p>A tree is packed by whoever builds it, and belongs to someone else where it is deployed. So
 * the owners of the tree count only with {@link #KEEP}, and otherwise all files get one owner: then
 * the archive does not depend on who packs. A name is not looked up on the machine that packs, for
 * the same reason; the host that unpacks knows its number.
 *
 * @param user empty for the user that each file has
 * @param group empty for the group that each file has
 */
public record PackOwner(Optional<Id> user, Optional<Id> group) {
  /** Nobody, to whom a file belongs where its owner's name is unknown: not root. */
  private static final long NOBODY = 65534;

  /** The largest number is no owner for Linux. */
  private static final long LARGEST = 0xfffffffeL;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  /** What useradd(8) allows, and the names with dots and capitals that directories have. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,254}\\$?");

  /** The user and the group with the number 0, without names. */
  public static final PackOwner ROOT = of(new Id(0, ""), new Id(0, ""));

  /** The numbers that the files have, without names. */
  public static final PackOwner KEEP = new PackOwner(Optional.empty(), Optional.empty());

  /**
   * A user or a group.
   *
   * @param number what counts where the name is empty or unknown
   * @param name empty for none
   */
  public record Id(long number, String name) {
    /** Refuses what no system has. */
    public Id {
      if (number < 0 || number > LARGEST) {
        throw new IllegalArgumentException(
            "the owner %s is not between 0 and %s".formatted(number, LARGEST));
      }
      if (!name.isEmpty() && !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' is not the name of a user or group".formatted(name));
      }
    }

    private static Id parse(String text) {
      Matcher number = NUMBER.matcher(text);
      if (number.matches()) {
        return new Id(Long.parseLong(text), "");
      }
      return new Id(text.equals("root") ? 0 : NOBODY, text);
    }

    byte[] nameBytes() {
      return name.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Returns one owner for all files. */
  public static PackOwner of(Id user, Id group) {
    return new PackOwner(Optional.of(user), Optional.of(group));
  }

  /**
   * Reads {@code USER:GROUP}, each a name or a number, or {@code keep}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static PackOwner parse(String text) {
    if (text.equals("keep")) {
      return KEEP;
    }
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "'%s' is not USER:GROUP, such as 0:0 or deploy:www, or keep".formatted(text));
    }
    return of(Id.parse(text.substring(0, colon)), Id.parse(text.substring(colon + 1)));
  }

  Id user(Look look) {
    return user.orElseGet(() -> new Id(look.uid(), ""));
  }

  Id group(Look look) {
    return group.orElseGet(() -> new Id(look.gid(), ""));
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return user.map(PackOwner::text).orElse("keep") + group.map(id -> ":" + text(id)).orElse("");
  }

  private static String text(Id id) {
    return id.name().isEmpty() ? Long.toString(id.number()) : id.name();
  }
}
