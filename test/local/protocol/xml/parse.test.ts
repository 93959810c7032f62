import { expect } from "chai";
import { childrenOf, parseXml, textOf } from "../../../../local/protocol/xml/parse.ts";

describe("reading XML", () => {
  it("gives elements, their children in order, and their texts", () => {
    const root = parseXml(
      "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key></Object></Delete>",
    );
    expect(root?.name).to.equal("Delete");
    expect(root && childrenOf(root, "Object").map((child) => textOf(child, "Key"))).to.deep.equal([
      "a",
      "b",
    ]);
  });

  it("leaves out the prologue, comments, attributes and prefixes", () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<!-- hi --><s3:A xmlns:s3="http://x/" b="c"><s3:D/><E f=\'g\'/></s3:A>\n',
    );
    expect(root?.name).to.equal("A");
    expect(root?.children.map(({ name }) => name)).to.deep.equal(["D", "E"]);
  });

  it("turns entities and character data into what they stand for", () => {
    const root = parseXml(
      "<K>a&amp;b &lt;c&gt; &#65;&#x1F600; &quot;&apos; <![CDATA[<&amp;>]]></K>",
    );
    expect(root?.text).to.equal("a&b <c> A😀 \"' <&amp;>");
  });

  it("keeps white space that may be a key's own", () => {
    expect(parseXml("<K> a\n</K>")?.text).to.equal(" a\n");
  });

  const broken = [
    "",
    "text",
    "<a>",
    "</a>",
    "<a></b>",
    "<a/><b/>",
    "<a><b></a></b>",
    "< a/>",
    "<a>1 < 2</a>",
  ];
  for (const document of broken) {
    it(`refuses ${JSON.stringify(document)}`, () => {
      expect(parseXml(document)).to.equal(undefined);
    });
  }
});
