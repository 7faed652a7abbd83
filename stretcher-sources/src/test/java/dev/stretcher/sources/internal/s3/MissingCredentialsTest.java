package dev.stretcher.sources.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingCredentialsTest {
  private static final String CHAIN =
      "Unable to load credentials from any of the providers in the chain"
          + " AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider(),"
          + " ProfileCredentialsProvider(profileName=default)]) : [%s]";
  private static final String NO_KEY =
      "SystemPropertyCredentialsProvider(): Unable to load credentials from system settings."
          + " Access key must be specified either via environment variable (AWS_ACCESS_KEY_ID) or"
          + " system property (aws.accessKeyId)., ";
  private static final String NO_CONTAINER =
      ", ContainerCredentialsProvider(): Cannot fetch credentials from container - neither"
          + " AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
          + " environment variables are set.";

  private static String message(String said) {
    return MissingCredentials.message(CHAIN.formatted(NO_KEY + said + NO_CONTAINER));
  }

  @Test
  void placesWithoutCredentialsAreNotExplainedOneByOne() {
    assertThat(
            message(
                "WebIdentityTokenFileCredentialsProvider(): Either the environment variable"
                    + " AWS_WEB_IDENTITY_TOKEN_FILE or the javaproperty aws.webIdentityTokenFile"
                    + " must be set., ProfileCredentialsProvider(profileName=default): Profile file"
                    + " contained no credentials for profile 'default': ProfileFile(sections=[])"))
        .endsWith("the instance's metadata; set one of them up")
        .hasSizeLessThan(250);
  }

  @Test
  void whatIsWrongWithOneOfThemIsSaid() {
    assertThat(
            message(
                "WebIdentityTokenFileCredentialsProvider(): java.nio.file.NoSuchFileException:"
                    + " /nope, ProfileCredentialsProvider(profileName=prod): Profile file contained"
                    + " no credentials for profile 'prod': ProfileFile(sections=[])"))
        .endsWith(
            " set one of them up (java.nio.file.NoSuchFileException: /nope; Profile file contained"
                + " no credentials for profile 'prod': ProfileFile(sections=[]))");
  }

  @Test
  void anotherMessageIsShownShortened() {
    assertThat(MissingCredentials.message("The credentials are odd"))
        .endsWith("(The credentials are odd)");
    assertThat(MissingCredentials.message("credentials ".repeat(1000))).hasSizeLessThan(600);
  }
}
