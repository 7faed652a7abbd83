package dev.stretcher.cli;

import dev.stretcher.sources.GcsSource;
import dev.stretcher.sources.HttpSource;
import dev.stretcher.sources.S3Source;
import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** Reads the flags that say how to fetch. */
final class SourceFlags {
  private SourceFlags() {}

  /** Returns the sources that there is something to say about. */
  static List<Source> read(CommandLine line, Map<String, String> environment)
      throws UsageException {
    HttpSettings http = settings(line, environment);
    boolean requesterPays = line.hasOption(Flags.S3_REQUESTER_PAYS);
    return List.of(
        new HttpSource(http),
        new S3Source(new S3Source.Settings(requesterPays), http),
        new GcsSource(http));
  }

  private static HttpSettings settings(CommandLine line, Map<String, String> environment)
      throws UsageException {
    HttpSettings settings = HttpSettings.in(environment).withHeaders(headers(line, environment));
    if (line.hasOption(Flags.CA_FILE)) {
      settings = settings.withCaFile(path(line, Flags.CA_FILE));
    }
    return line.hasOption(Flags.CLIENT_CERT)
        ? settings.withClientCertificate(path(line, Flags.CLIENT_CERT))
        : settings;
  }

  private static List<HttpHeader> headers(CommandLine line, Map<String, String> environment)
      throws UsageException {
    List<HttpHeader> headers = new ArrayList<>();
    if (line.hasOption(Flags.HTTP_HEADER)) {
      for (String text : line.getOptionValues(Flags.HTTP_HEADER)) {
        headers.add(header(text, environment));
      }
    }
    return headers;
  }

  private static HttpHeader header(String text, Map<String, String> environment)
      throws UsageException {
    try {
      HttpHeader header = HttpHeader.parse(text);
      if (!environment.containsKey(header.variable())) {
        throw new IllegalArgumentException("there is no environment variable " + header.variable());
      }
      return header;
    } catch (IllegalArgumentException e) {
      throw invalid(Flags.HTTP_HEADER, e);
    }
  }

  private static Path path(CommandLine line, Option flag) throws UsageException {
    try {
      return Path.of(line.getOptionValue(flag)).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw invalid(flag, e);
    }
  }

  private static UsageException invalid(Option flag, IllegalArgumentException e) {
    return new FlagValueException(flag, String.valueOf(e.getMessage()));
  }
}
