import { expect } from "chai";
import { checksumAlgorithms, checksumOf } from "../../../../local/services/s3/checksum.ts";

describe("checksums", () => {
  // The check values of the catalogues of CRCs, and of the hashes' standards.
  const ofDigits = {
    CRC32: "cbf43926",
    CRC32C: "e3069283",
    CRC64NVME: "ae8b14860a799888",
    SHA1: "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    SHA256: "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
  };

  for (const algorithm of checksumAlgorithms) {
    it(`have the known value of "123456789" in ${algorithm}, in one piece and in several`, () => {
      const digits = Buffer.from("123456789");
      const expected = Buffer.from(ofDigits[algorithm], "hex").toString("base64");
      expect(checksumOf(algorithm, [digits])).to.equal(expected);
      const pieces = [digits.subarray(0, 4), Buffer.alloc(0), digits.subarray(4)];
      expect(checksumOf(algorithm, pieces)).to.equal(expected);
    });
  }
});
