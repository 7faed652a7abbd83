package dev.stretcher.sources.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;

class S3AddressingTest {
  @ParameterizedTest
  @CsvSource({
    "bucket,    ,                      https://bucket.s3.eu-west-1.amazonaws.com",
    "my.bucket, ,                      https://s3.eu-west-1.amazonaws.com/my.bucket",
    "bucket,    http://localhost:9000, http://localhost:9000/bucket",
    "my.bucket, http://localhost:9000, http://localhost:9000/my.bucket"
  })
  void aBucketIsPartOfThePathWhereAHostNameWouldNotDo(String bucket, String endpoint, URI url) {
    S3EndpointParams of =
        S3EndpointParams.builder()
            .bucket(bucket)
            .region(Region.EU_WEST_1)
            .endpoint(endpoint)
            .build();

    assertThat(new S3Addressing().resolveEndpoint(of).join().endpointUrl().toUri()).isEqualTo(url);
  }
}
