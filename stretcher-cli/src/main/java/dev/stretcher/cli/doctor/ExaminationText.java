package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.print.Columns;
import dev.stretcher.json.JsonLine;
import dev.stretcher.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Writes an examination for people, or as JSON. */
final class ExaminationText {
  private ExaminationText() {}

  /** Returns a line for each finding, and one for the remedy of a problem. */
  static List<String> lines(Examination examination) {
    List<List<String>> rows = new ArrayList<>();
    for (Examination.Result result : examination.results()) {
      Finding finding = result.finding();
      rows.add(List.of(word(finding), result.check(), Printable.line(finding.text())));
      if (finding instanceof Problem problem) {
        rows.add(List.of("", "", "-> " + Printable.line(problem.remedy())));
      }
    }
    return Columns.lines(rows);
  }

  /** Returns how many problems and notes there are, in a sentence. */
  static String summary(Examination examination) {
    return "%s, %s"
        .formatted(
            counted(examination.count(Problem.class), "problem"),
            counted(examination.count(Note.class), "note"));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  static String json(Examination examination) {
    List<String> findings = new ArrayList<>();
    for (Examination.Result result : examination.results()) {
      findings.add(json(result));
    }
    return new JsonLine()
        .put("ok", examination.isHealthy())
        .putObjects("findings", findings)
        .toString();
  }

  private static String json(Examination.Result result) {
    Finding finding = result.finding();
    JsonLine json =
        new JsonLine()
            .put("check", result.check())
            .put("result", word(finding))
            .put("text", finding.text());
    return (finding instanceof Problem problem ? json.put("remedy", problem.remedy()) : json)
        .toString();
  }

  private static String word(Finding finding) {
    if (finding instanceof Ok) {
      return "ok";
    }
    return finding instanceof Note ? "note" : "problem";
  }
}
