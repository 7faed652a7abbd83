package dev.stretcher.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * Doubles of what hands out credentials in AWS, made from the references of <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">IMDSv2</a>,
 * <a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">container
 * credentials</a> and <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">STS</a>.
 */
final class AwsServices extends Dispatcher implements Closeable {
  private static final String ROLES = "/latest/meta-data/iam/security-credentials";
  private static final String EXPIRATION = "2999-01-01T00:00:00Z";

  private final MockWebServer server = new MockWebServer();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final String accessKey;
  private final String secretKey;

  AwsServices(String accessKey, String secretKey) throws IOException {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    server.setDispatcher(this);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  /** Returns the requests, such as {@code PUT /latest/api/token}. */
  List<String> asked() {
    return asked;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    asked.add(request.getMethod() + " " + path);
    if (path.equals("/latest/api/token")) {
      return answer("imds-token").addHeader("x-aws-ec2-metadata-token-ttl-seconds", "60").build();
    }
    boolean metadata = path.startsWith("/latest/");
    if (metadata && !"imds-token".equals(request.getHeaders().get("x-aws-ec2-metadata-token"))) {
      return new MockResponse.Builder().code(401).build();
    }
    return switch (path) {
      case ROLES + "/" -> answer("deploy-role").build();
      case ROLES + "/deploy-role", "/container" -> answer(json()).build();
      case "/" -> answer(xml()).addHeader("Content-Type", "text/xml").build();
      default -> new MockResponse.Builder().code(404).build();
    };
  }

  private static MockResponse.Builder answer(String body) {
    return new MockResponse.Builder().body(body);
  }

  private String json() {
    return """
    {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "%s", "SecretAccessKey": "%s",
     "Token": "session", "Expiration": "%s", "LastUpdated": "2026-01-01T00:00:00Z"}
    """
        .formatted(accessKey, secretKey, EXPIRATION);
  }

  private String xml() {
    return """
    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleWithWebIdentityResult>
        <Credentials>
          <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
          <SessionToken>session</SessionToken><Expiration>%s</Expiration>
        </Credentials>
      </AssumeRoleWithWebIdentityResult>
    </AssumeRoleWithWebIdentityResponse>
    """
        .formatted(accessKey, secretKey, EXPIRATION);
  }

  @Override
  public void close() {
    server.close();
  }
}
