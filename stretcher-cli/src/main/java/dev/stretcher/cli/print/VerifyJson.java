package dev.stretcher.cli.print;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.report.Difference;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.text.NativeText;
import java.util.Locale;

/** A report about a dest as one JSON object. */
public final class VerifyJson {
  private VerifyJson() {}

  /** Returns the object in one line. */
  public static String of(VerifyReport report) {
    StringBuilder json = new StringBuilder();
    json.append("{\"dest\":").append(quoted(NativeText.text(report.dest())));
    report.toc().ifPresent(toc -> json.append(",\"toc\":").append(quoted(toc.toString())));
    json.append(",\"full\":").append(report.full());
    json.append(",\"names\":").append(report.names());
    json.append(",\"ok\":").append(report.ok());
    json.append(",\"differences\":[");
    String separator = "";
    for (Difference each : report.differences()) {
      json.append(separator).append(of(each));
      separator = ",";
    }
    return json.append("]}").toString();
  }

  private static String of(Difference each) {
    String kind = each.kind().name().toLowerCase(Locale.ROOT);
    return "{\"kind\":\"%s\",\"path\":%s,\"detail\":%s}"
        .formatted(kind, quoted(NativeText.text(each.path())), quoted(each.detail()));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
