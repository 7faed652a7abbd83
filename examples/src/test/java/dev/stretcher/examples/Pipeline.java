package dev.stretcher.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pipeline of a CI system: the shell that it would run, and the variables that it declares. */
interface Pipeline {
  /** Why it runs. */
  enum Occasion {
    REQUEST,
    PUSH,
    BACK
  }

  /**
   * What one shell runs.
   *
   * @param variables what the pipeline gives it, as it is written there
   */
  record Step(String script, Map<String, String> variables) {}

  /** Returns what it does, in its order. */
  List<Step> steps(Occasion occasion);

  /** Returns the variables that it need not declare, since the system or its settings have them. */
  Set<String> provided();

  /** Reads the pipeline in a fence that is marked by the name of its system. */
  static Pipeline of(Fence fence) throws IOException {
    return switch (fence.marks().get(1)) {
      case "github" -> new Github(new YAMLMapper().readTree(fence.text()));
      case "gitlab" -> new Gitlab(new YAMLMapper().readTree(fence.text()));
      case "jenkins" -> new Jenkins(fence.text());
      default -> throw new IOException(fence + " is of no system that is known here");
    };
  }

  /** A workflow of GitHub Actions. */
  record Github(JsonNode workflow) implements Pipeline {
    private static final Pattern CONDITION =
        Pattern.compile("github\\.event_name (==|!=) '([a-z_]+)'");

    @Override
    public List<Step> steps(Occasion occasion) {
      String event =
          switch (occasion) {
            case REQUEST -> "pull_request";
            case PUSH -> "push";
            case BACK -> "workflow_dispatch";
          };
      if (!workflow.get("on").has(event)) {
        throw new AssertionError("nothing is done on " + event);
      }
      List<Step> steps = new ArrayList<>();
      for (JsonNode job : workflow.get("jobs")) {
        for (JsonNode step : job.get("steps")) {
          if (holds(job, event) && holds(step, event) && step.has("run")) {
            Map<String, String> variables = texts(workflow.get("env"));
            variables.putAll(texts(job.path("env")));
            variables.putAll(texts(step.path("env")));
            steps.add(new Step(step.get("run").asText(), variables));
          }
        }
      }
      return steps;
    }

    @Override
    public Set<String> provided() {
      return Set.of("GITHUB_RUN_NUMBER", "GITHUB_RUN_ATTEMPT", "RUNNER_TEMP");
    }

    private static boolean holds(JsonNode node, String event) {
      String condition = node.path("if").asText("always()");
      Matcher matcher = CONDITION.matcher(condition);
      if (!matcher.matches()) {
        return condition.equals("always()");
      }
      return matcher.group(1).equals("==") == matcher.group(2).equals(event);
    }
  }

  /** A pipeline of GitLab CI. */
  record Gitlab(JsonNode pipeline) implements Pipeline {
    @Override
    public List<Step> steps(Occasion occasion) {
      List<Step> steps = new ArrayList<>();
      for (JsonNode stage : pipeline.get("stages")) {
        for (JsonNode job : pipeline) {
          if (stage.equals(job.path("stage")) && isDone(job, occasion)) {
            Map<String, String> variables = texts(pipeline.get("variables"));
            variables.putAll(texts(job.path("variables")));
            List<String> lines = new ArrayList<>();
            job.get("script").forEach(line -> lines.add(line.asText()));
            steps.add(new Step(String.join("\n", lines), variables));
          }
        }
      }
      return steps;
    }

    @Override
    public Set<String> provided() {
      return Set.of(
          "CI_COMMIT_SHORT_SHA", "CI_JOB_ID", "SIGN_KEY", "STRETCHER_SIGN_PASSWORD", "BACK_TO");
    }

    /** Who goes back starts one job, by hand. */
    private static boolean isDone(JsonNode job, Occasion occasion) {
      for (JsonNode rule : job.get("rules")) {
        boolean request = rule.get("if").asText().contains("merge_request_event");
        boolean manual = rule.path("when").asText().equals("manual");
        if (request == (occasion == Occasion.REQUEST) && manual == (occasion == Occasion.BACK)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A declarative pipeline of Jenkins, whose conditions are not read but for their first words. */
  record Jenkins(String text) implements Pipeline {
    private static final Pattern STAGE =
        Pattern.compile("(?s) stage\\('(\\w+)'\\) \\{(.*?)(?= stage\\(|\\z)");
    private static final Pattern SHELL = Pattern.compile("(?s)\\bsh ('''|')(.*?)\\1");
    private static final Pattern ASSIGNED = Pattern.compile("(?m)^ *([A-Z_]+) = (.*)$");
    private static final Pattern BOUND = Pattern.compile("[vV]ariable: '([A-Z_]+)'");

    @Override
    public List<Step> steps(Occasion occasion) {
      List<String> stages =
          switch (occasion) {
            case REQUEST -> List.of("build", "look");
            case PUSH -> List.of("build", "deploy");
            case BACK -> List.of("deploy");
          };
      Map<String, String> all = variables(text.substring(0, text.indexOf("stages {")));
      all.put("BACK_TO", occasion == Occasion.BACK ? "params.BACK_TO" : "");
      List<Step> steps = new ArrayList<>();
      for (MatchResult stage : STAGE.matcher(text).results().toList()) {
        if (stages.contains(stage.group(1))) {
          Map<String, String> variables = new TreeMap<>(all);
          variables.putAll(variables(stage.group(2)));
          for (MatchResult shell : SHELL.matcher(stage.group(2)).results().toList()) {
            steps.add(new Step(shell.group(2).replace("\\\\", "\\"), variables));
          }
        }
      }
      return steps;
    }

    @Override
    public Set<String> provided() {
      return Set.of("BUILD_NUMBER");
    }

    private static Map<String, String> variables(String part) {
      Map<String, String> variables = new HashMap<>();
      for (MatchResult each : ASSIGNED.matcher(part).results().toList()) {
        variables.put(each.group(1), each.group(2));
      }
      for (MatchResult each : BOUND.matcher(part).results().toList()) {
        variables.put(each.group(1), "secret");
      }
      return variables;
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.fieldNames().forEachRemaining(name -> texts.put(name, object.get(name).asText()));
    return texts;
  }
}
