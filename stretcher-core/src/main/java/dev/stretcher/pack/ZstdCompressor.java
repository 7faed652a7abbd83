package dev.stretcher.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/**
 * Makes frames of zstd, see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>, with
 * their size and a checksum.
 */
final class ZstdCompressor implements MemberCompressor {
  private final ZstdCompressCtx context;

  ZstdCompressor(int level) {
    this.context = new ZstdCompressCtx();
    context.setLevel(level).setChecksum(true).setContentSize(true);
  }

  @Override
  public int bound(int length, int members) {
    return (int) Zstd.compressBound(length) + members * 128;
  }

  @Override
  public void compress(ByteBuffer tar, ByteBuffer member) {
    context.compress(member, tar);
  }

  @Override
  public void close() {
    context.close();
  }
}
