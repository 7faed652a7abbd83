package dev.stretcher.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java code of the documentation: a compilation unit if it declares a type at its left margin, else
 * the statements of a method, with the imports of {@link #IMPORTS} and its own.
 */
final class JavaSnippet {
  private static final String IMPORTS =
      """
      import dev.stretcher.*;
      import dev.stretcher.manifest.*;
      import dev.stretcher.option.*;
      import dev.stretcher.report.*;
      import dev.stretcher.spi.*;
      import java.io.*;
      import java.net.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public )?(?:final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)");

  private JavaSnippet() {}

  /** Returns what the compiler has against {@code code}; empty if nothing. */
  static List<String> problems(String code) {
    Matcher type = TYPE.matcher(code);
    return type.find()
        ? compile(List.of(new Text(type.group(1), code)))
        : compile(List.of(new Text("Snippet", wrapped(code))));
  }

  /** Returns what the compiler has against several types together; empty if nothing. */
  static List<String> problemsOfAll(List<String> codes) {
    return compile(codes.stream().map(code -> new Text(typeOf(code), code)).toList());
  }

  /** Returns the name of the first type that is declared. */
  static String typeOf(String code) {
    Matcher type = TYPE.matcher(code);
    if (!type.find()) {
      throw new IllegalArgumentException("there is no type in " + code);
    }
    return type.group(1);
  }

  private static String wrapped(String statements) {
    String imports =
        statements.lines().filter(JavaSnippet::isImport).collect(Collectors.joining("\n"));
    String body =
        statements.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
    return IMPORTS
        + imports
        + "\nclass Snippet {\n  void run(String[] args) throws Exception {\n"
        + body
        + "\n  }\n}\n";
  }

  private static boolean isImport(String line) {
    return line.startsWith("import ");
  }

  private static List<String> compile(List<Text> codes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of("-proc:none", "-Xlint:all", "-classpath", System.getProperty("java.class.path"));
    try (JavaFileManager files =
        new Discarding(compiler.getStandardFileManager(found, Locale.ROOT, null))) {
      compiler.getTask(null, files, found, options, null, codes).call();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> !diagnostic.getCode().contains("path.element.not.found"))
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String code;

    Text(String name, String code) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private static final class Discarding extends ForwardingJavaFileManager<JavaFileManager> {
    Discarding(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("string:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return OutputStream.nullOutputStream();
        }
      };
    }
  }
}
