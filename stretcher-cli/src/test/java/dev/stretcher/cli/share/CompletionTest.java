package dev.stretcher.cli.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tab in real shells, under a pseudo-terminal, with a program that only knows names. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompletionTest {
  /** Puts all that a line could be completed to into the line. */
  private static final String ALL = "\u001b*";

  private static final String TAB = "\t";

  @TempDir private Path directory;
  private Path asked;

  @BeforeEach
  void makeAHost() throws IOException {
    asked = directory.resolve("asked");
    Path program = Files.createDirectory(directory.resolve("bin")).resolve("stretcher");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$*" >>'%s'
        echo 'an error that nobody should see' >&2
        case $2 in
          apps) printf 'blog\\nshop\\n' ;;
          dests) printf '%%s\\n' /srv/blog '/srv/my shop' ;;
          releases | versions) printf '%%s\\n' 1.4.1 1.4.2 2.0 ;;
          nodes) printf '%%s\\n' web-1 db-1 ;;
          places) printf '%%s\\n' s3://deploys file:/srv/artifacts ;;
        esac
        """
            .formatted(asked));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createDirectory(directory.resolve("build"));
    Files.writeString(directory.resolve("manifest.yml"), "");
    Files.writeString(directory.resolve("built.tar.zst"), "");
    Files.writeString(directory.resolve("built.log"), "");
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH",
        directory.resolve("bin") + ":" + System.getenv("PATH"),
        "HOME",
        directory.toString());
  }

  private TypedShell bash() throws IOException {
    Tools.require("bash");
    Path script = Files.writeString(directory.resolve("completion"), BashCompletion.script());
    Path start =
        Files.writeString(
            directory.resolve("bashrc"),
            """
            stty cols 1000
            PS1='> '
            bind 'set enable-bracketed-paste off'
            bind 'set bell-style none'
            bind -x '"\\C-g": printf "%%s[%%s]%%s\\n" AN "$READLINE_LINE" SWER'
            . '%s'
            """
                .formatted(script));
    return TypedShell.start("bash --noprofile --rcfile " + start + " -i", directory, environment());
  }

  private void assertCompletes(TypedShell shell, String typed, String line) throws IOException {
    assertThat(shell.after(typed))
        .as(typed.replace(TAB, "<Tab>").replace(ALL, "<all>"))
        .isEqualTo(line);
  }

  @Test
  void bashKnowsCommandsFlagsAndValues() throws Exception {
    try (TypedShell bash = bash()) {
      assertCompletes(bash, "stretcher publ" + TAB, "stretcher publish ");
      assertCompletes(bash, "stretcher ro" + ALL, "stretcher rollback rollout ");
      assertCompletes(bash, "stretcher __" + TAB, "stretcher __");
      assertCompletes(bash, "stretcher pack --own" + TAB, "stretcher pack --owner=");
      assertCompletes(bash, "stretcher pack --adop" + TAB, "stretcher pack --adop");
      assertCompletes(bash, "stretcher deploy --dry" + TAB, "stretcher deploy --dry-run ");
      assertCompletes(bash, "stretcher --ado" + TAB + "dep" + TAB, "stretcher --adopt deploy ");
      assertCompletes(
          bash, "stretcher publish --for=" + ALL, "stretcher publish --for=go stretcher ");
      assertCompletes(bash, "stretcher publish --for g" + TAB, "stretcher publish --for go ");
      assertCompletes(
          bash,
          "stretcher deploy --sync-strategy=rs" + TAB,
          "stretcher deploy --sync-strategy=rsync ");
      assertCompletes(
          bash, "stretcher deploy -unpack ver" + TAB, "stretcher deploy -unpack verified ");
      assertCompletes(bash, "stretcher verify --format=j" + TAB, "stretcher verify --format=json ");
      assertCompletes(bash, "stretcher help lim" + TAB, "stretcher help limits ");
    }
    assertThat(asked).doesNotExist();
  }

  @Test
  void bashKnowsFilesWhereAFlagTakesOne() throws Exception {
    try (TypedShell bash = bash()) {
      assertCompletes(bash, "stretcher check mani" + TAB, "stretcher check manifest.yml ");
      assertCompletes(
          bash,
          "stretcher publish --manifest=mani" + TAB,
          "stretcher publish --manifest=manifest.yml ");
      assertCompletes(bash, "stretcher pack -o mani" + TAB, "stretcher pack -o manifest.yml ");
      assertCompletes(bash, "stretcher pack bui" + TAB, "stretcher pack build/");
      assertCompletes(
          bash, "stretcher publish bui" + ALL, "stretcher publish build built.tar.zst ");
      assertCompletes(bash, "stretcher publish mani" + TAB, "stretcher publish mani");
      assertCompletes(bash, "stretcher pack mani" + TAB, "stretcher pack mani");
      assertCompletes(bash, "stretcher deploy --retry=mani" + TAB, "stretcher deploy --retry=mani");
    }
  }

  @Test
  void bashAsksForAppsAndDestsAndShowsNoError() throws Exception {
    try (TypedShell bash = bash()) {
      assertCompletes(bash, "stretcher status " + ALL, "stretcher status blog shop ");
      assertCompletes(
          bash, "stretcher --store=file:/f wait sh" + TAB, "stretcher --store=file:/f wait shop ");
      assertCompletes(bash, "stretcher wait shop " + TAB, "stretcher wait shop ");
      assertCompletes(
          bash,
          "stretcher agent --config c --app bl" + TAB,
          "stretcher agent --config c --app blog ");
      assertCompletes(
          bash, "stretcher rollback /srv/m" + TAB, "stretcher rollback /srv/my\\ shop ");
      assertThat(bash.after("stretcher history --dest=/srv/bl" + TAB).strip())
          .isEqualTo("stretcher history --dest=/srv/blog");
    }
    assertThat(Files.readAllLines(asked))
        .containsExactly(
            "__choices apps",
            "__choices apps --store=file:/f",
            "__choices apps --config=c",
            "__choices dests",
            "__choices dests");
  }

  @Test
  void bashQuotesOrLeavesOutNamesThatMeanSomethingToIt() throws Exception {
    Files.writeString(
        directory.resolve("bin/stretcher"),
        """
        #!/bin/sh
        printf '%s\\n' '/srv/$(touch run)' '/srv/`touch run`' "/srv/a'b" '/srv/c:d' '/srv/e=f' '/srv/g;h'
        """);
    try (TypedShell bash = bash()) {
      assertCompletes(bash, "stretcher rollback /srv/$" + TAB, "stretcher rollback /srv/$");
      assertCompletes(bash, "stretcher rollback /srv/`" + TAB, "stretcher rollback /srv/`");
      assertCompletes(bash, "stretcher rollback /srv/a" + TAB, "stretcher rollback /srv/a\\'b ");
      assertCompletes(bash, "stretcher rollback /srv/c:" + TAB, "stretcher rollback /srv/c:d ");
      assertCompletes(
          bash, "stretcher history --dest=/srv/e=" + TAB, "stretcher history --dest=/srv/e=f ");
      assertCompletes(bash, "stretcher rollback /srv/g" + TAB, "stretcher rollback /srv/g\\;h ");
    }
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void bashAsksForVersionsReleasesHostsAndPlaces() throws Exception {
    try (TypedShell bash = bash()) {
      assertCompletes(
          bash, "stretcher rollback --to 1" + ALL, "stretcher rollback --to 1.4.1 1.4.2 ");
      assertCompletes(
          bash, "stretcher rollback ~/shop --to=2" + TAB, "stretcher rollback ~/shop --to=2.0 ");
      assertCompletes(
          bash, "stretcher rollout shop --to 2" + TAB, "stretcher rollout shop --to 2.0 ");
      assertCompletes(bash, "stretcher wait shop --id=2" + TAB, "stretcher wait shop --id=2.0 ");
      assertCompletes(
          bash,
          "stretcher publish b --app shop --to s" + TAB,
          "stretcher publish b --app shop --to s3://deploys");
      assertCompletes(
          bash, "stretcher publish --to=s3:" + TAB, "stretcher publish --to=s3://deploys");
      assertCompletes(bash, "stretcher status --nodes=we" + TAB, "stretcher status --nodes=web-1 ");
      assertCompletes(
          bash, "stretcher wait --nodes=web-1,d" + TAB, "stretcher wait --nodes=web-1,db-1 ");
    }
    assertThat(Files.readAllLines(asked))
        .containsExactly(
            "__choices releases",
            "__choices releases --dest=" + directory + "/shop",
            "__choices versions --app=shop",
            "__choices versions --app=shop",
            "__choices places --app=shop",
            "__choices places",
            "__choices nodes",
            "__choices nodes");
  }

  @Test
  void zshKnowsThemToo() throws Exception {
    Tools.require("zsh");
    Path functions = Files.createDirectory(directory.resolve("functions"));
    Files.writeString(functions.resolve("_stretcher"), ZshCompletion.script());
    Files.writeString(
        directory.resolve(".zshrc"),
        """
        stty cols 1000
        unsetopt zle_bracketed_paste prompt_cr prompt_sp
        PS1='> '
        fpath=('%s' $fpath)
        autoload -Uz compinit && compinit -u -D
        zstyle ':completion:*' menu no
        answer() { print -r -- "AN""[$BUFFER]SWER" }
        zle -N answer
        bindkey -e '^G' answer
        """
            .formatted(functions));
    try (TypedShell zsh = TypedShell.start("zsh -i", directory, environment())) {
      assertCompletes(zsh, "stretcher publ" + TAB, "stretcher publish ");
      assertCompletes(zsh, "stretcher pack --own" + TAB, "stretcher pack --owner=");
      assertCompletes(zsh, "stretcher publish --for=g" + TAB, "stretcher publish --for=go ");
      assertCompletes(zsh, "stretcher wait --timeou" + TAB, "stretcher wait --timeout=");
      assertCompletes(zsh, "stretcher --log-format=js" + TAB, "stretcher --log-format=json ");
      assertCompletes(zsh, "stretcher check mani" + TAB, "stretcher check manifest.yml ");
      assertCompletes(zsh, "stretcher wait sh" + TAB, "stretcher wait shop ");
      assertCompletes(
          zsh, "stretcher wait --store file:/f sh" + TAB, "stretcher wait --store file:/f shop ");
      assertCompletes(zsh, "stretcher rollback /srv/m" + TAB, "stretcher rollback /srv/my\\ shop ");
      assertCompletes(zsh, "stretcher publish built" + TAB, "stretcher publish built.tar.zst ");
      assertCompletes(
          zsh, "stretcher rollback ~/shop --to=2" + TAB, "stretcher rollback ~/shop --to=2.0 ");
      assertCompletes(
          zsh, "stretcher rollout shop --to=2" + TAB, "stretcher rollout shop --to=2.0 ");
      assertCompletes(
          zsh, "stretcher publish --to=s" + TAB, "stretcher publish --to=s3://deploys ");
      assertCompletes(
          zsh, "stretcher wait --nodes=web-1,d" + TAB, "stretcher wait --nodes=web-1,db-1,");
    }
    assertThat(Files.readAllLines(asked))
        .contains(
            "__choices apps --store=file:/f",
            "__choices releases --dest=" + directory + "/shop",
            "__choices versions --app=shop");
  }

  @Test
  void fishKnowsThemToo() throws Exception {
    Tools.require("fish");
    Path script = Files.writeString(directory.resolve("stretcher.fish"), FishCompletion.script());

    assertThat(fish(script, "stretcher publ")).containsExactly("publish");
    assertThat(fish(script, "stretcher pack --own")).containsExactly("--owner");
    assertThat(fish(script, "stretcher pack --adop")).isEmpty();
    assertThat(fish(script, "stretcher publish --for ")).containsExactly("go", "stretcher");
    assertThat(fish(script, "stretcher --log-format=js")).containsExactly("--log-format=json");
    assertThat(fish(script, "stretcher check mani")).containsExactly("manifest.yml");
    assertThat(fish(script, "stretcher wait sh")).containsExactly("shop");
    assertThat(fish(script, "stretcher rollback /srv/m")).containsExactly("/srv/my shop");
    assertThat(fish(script, "stretcher wait --store file:/f sh")).containsExactly("shop");
    assertThat(Files.readAllLines(asked)).contains("__choices apps --store=file:/f");
    assertThat(fish(script, "stretcher publish bui"))
        .containsExactlyInAnyOrder("build/", "built.log", "built.tar.zst");
    assertThat(fish(script, "stretcher rollback ~/shop --to "))
        .containsExactly("1.4.1", "1.4.2", "2.0");
    assertThat(fish(script, "stretcher rollout shop --to=2")).containsExactly("--to=2.0");
    assertThat(fish(script, "stretcher publish --to s")).containsExactly("s3://deploys");
    assertThat(fish(script, "stretcher status --nodes we")).containsExactly("web-1");
  }

  private List<String> fish(Path script, String line) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "fish",
                "--no-config",
                "-c",
                "source $argv[1]; complete -C $argv[2]",
                script + "",
                line)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.lines().map(each -> each.replaceFirst("\t.*", "")).toList();
  }
}
