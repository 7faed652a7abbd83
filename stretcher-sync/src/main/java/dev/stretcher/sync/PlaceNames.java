package dev.stretcher.sync;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.text.NativeText;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes the lines of a program on, with the names of directories that it knows by descriptors. */
final class PlaceNames implements Consumer<String> {
  private final List<Named> places;
  private final Consumer<String> output;

  PlaceNames(List<PinnedPlace> places, Consumer<String> output) {
    this.places =
        places.stream()
            .filter(place -> !place.stable().equals(place.path()))
            .map(Named::of)
            .toList();
    this.output = output;
  }

  /** How a place is written by the program, and by us. */
  private record Named(Pattern descriptor, String name) {
    static Named of(PinnedPlace place) {
      // Without the dot at its end, which a program may leave out, and no longer number.
      String descriptor = place.stable().normalize().toString();
      return new Named(
          Pattern.compile(Pattern.quote(descriptor) + "(?!\\d)(/\\.(?![^/\"]))?"),
          Matcher.quoteReplacement(NativeText.text(place.path())));
    }
  }

  @Override
  public void accept(String line) {
    String named = line;
    for (Named place : places) {
      named = place.descriptor().matcher(named).replaceAll(place.name());
    }
    output.accept(named);
  }
}
