package dev.stretcher.testing;

import java.io.OutputStream;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Runs S3Proxy on a free port, which it prints, until its STDIN ends. */
final class S3ProxyMain {
  private S3ProxyMain() {}

  /**
   * Runs it.
   *
   * @param args the directory with the buckets; access key ID and secret, if it is to check them
   */
  public static void main(String[] args) throws Exception {
    S3Proxy.Builder builder =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(args[0]))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true);
    if (args.length > 1) {
      builder.awsAuthentication(AuthenticationType.AWS_V2_OR_V4, args[1], args[2]);
    }
    S3Proxy server = builder.build();
    server.start();
    System.out.println(server.getPort());
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
