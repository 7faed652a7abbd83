package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules are those of Go's golang.org/x/net/http/httpproxy. */
class NoProxyTest {
  @ParameterizedTest
  @CsvSource({
    "'',                      localhost,          80",
    "'',                      LOCALHOST,          80",
    "'',                      127.0.0.1,          80",
    "'',                      127.8.9.1,          80",
    "'',                      ::1,                80",
    "'',                      [::1],              80",
    "*,                       example.com,        80",
    "example.com,             example.com,        80",
    "example.com,             EXAMPLE.com,        80",
    "Example.COM,             sub.example.com,    80",
    ".example.com,            sub.example.com,    80",
    "*.example.com,           a.b.example.com,    80",
    "'a.com, example.com ,',  example.com,        80",
    "example.com:8080,        example.com,        8080",
    "example.com:8080,        sub.example.com,    8080",
    "10.0.0.1,                10.0.0.1,           80",
    "10.0.0.1:81,             10.0.0.1,           81",
    "2001:db8::1,             2001:DB8:0::1,      80",
    "[2001:db8::1],           2001:db8::1,        80",
    "[2001:db8::1]:81,        2001:db8::1,        81",
    "10.0.0.0/8,              10.255.0.1,         80",
    "10.1.2.0/23,             10.1.3.255,         80",
    "0.0.0.0/0,               9.9.9.9,            80",
    "10.0.0.1/32,             10.0.0.1,           80",
    "2001:db8::/32,           2001:db8:ffff::1,   80",
  })
  void isReachedWithoutAProxy(String list, String host, int port) {
    assertThat(NoProxy.parse(list).matches(host, port)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                      example.com,        80",
    "'',                      localhost.evil,     80",
    "'',                      128.0.0.1,          80",
    "' , ',                   example.com,        80",
    "example.com,             badexample.com,     80",
    "example.com,             example.com.evil,   80",
    ".example.com,            example.com,        80",
    "*.example.com,           example.com,        80",
    "example.com:8080,        example.com,        80",
    "10.0.0.1,                10.0.0.2,           80",
    "10.0.0.1:81,             10.0.0.1,           80",
    "2001:db8::1,             2001:db8::2,        80",
    "[2001:db8::1]:81,        2001:db8::1,        80",
    "10.0.0.0/8,              11.0.0.1,           80",
    "10.1.2.0/23,             10.1.4.0,           80",
    "10.0.0.1/32,             10.0.0.2,           80",
    "10.0.0.1/33,             10.0.0.1,           80",
    "2001:db8::1/129,         2001:db8::1,        80",
    "10.0.0.0/8,              10.example.com,     80",
    "10.0.0.0/8,              a00::,              80",
    "10.0.0.0/,               10.0.0.1,           80",
    "10.0.0.0/x,              10.0.0.0,           80",
    "example.com/8,           example.com,        80",
    "2001:db8::/32,           2001:db9::1,        80",
  })
  void isReachedThroughTheProxy(String list, String host, int port) {
    assertThat(NoProxy.parse(list).matches(host, port)).isFalse();
  }
}
