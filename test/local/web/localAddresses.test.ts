import { expect } from "chai";
import { withLocalAddresses } from "../../../local/web/localAddresses.ts";

const local = "http://127.0.0.1:4566/_fanout/web/bookings";
const website = "files.s3-website-eu-west-1.amazonaws.com";
const localWebsite = "http://127.0.0.1:4566/_fanout/web/files.s3-website";
const addresses = new Map([
  ["bookings.cloudfront.net", local],
  [website, localWebsite],
]);

describe("local addresses in a stack's outputs", () => {
  const outputs = (value: unknown) => withLocalAddresses({ value }, addresses).value;

  it("stand in for the domains of distributions, with whatever follows", () => {
    expect(outputs("https://bookings.cloudfront.net/")).to.equal(`${local}/`);
    expect(outputs("https://bookings.cloudfront.net/a?b=c")).to.equal(`${local}/a?b=c`);
    expect(outputs("https://bookings.cloudfront.net")).to.equal(local);
  });

  it("stand in for the endpoints of websites, which have no scheme, and for their URLs", () => {
    expect(outputs(website)).to.equal("127.0.0.1:4566/_fanout/web/files.s3-website");
    expect(outputs(`http://${website}/a`)).to.equal(`${localWebsite}/a`);
  });

  it("stand in at any depth", () => {
    expect(outputs({ a: ["https://bookings.cloudfront.net/", 1, null, true] })).to.deep.equal({
      a: [`${local}/`, 1, null, true],
    });
  });

  it("leave everything else as it is", () => {
    for (const text of [
      "https://photos.cloudfront.net/",
      "https://bookings.cloudfront.net.example/",
      "bookings.cloudfront.net",
      "see https://bookings.cloudfront.net/",
      "arn:aws:sns:eu-west-1:000000000000:bookings",
    ]) {
      expect(outputs(text)).to.equal(text);
    }
  });
});
