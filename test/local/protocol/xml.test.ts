import { expect } from "chai";
import { childrenOf, formatXml, parseXml, textOf } from "../../../local/protocol/xml.ts";

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

  it("leaves out the prologue, comments and prefixes", () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<!-- hi --><s3:A xmlns:s3="http://x/" b="c"><s3:D/><E f=\'g\'/></s3:A>\n',
    );
    expect(root?.name).to.equal("A");
    expect(root?.children.map(({ name }) => name)).to.deep.equal(["D", "E"]);
  });

  it("gives attributes, also those of empty elements", () => {
    const root = parseXml(
      '<a x:type="one"><b n="1 &amp; 2">text</b><c xmlns:x="http://x/" x:type="two"/></a>',
    );
    expect(root?.attributes).to.deep.equal({ type: "one" });
    expect(root?.children.map(({ attributes }) => attributes)).to.deep.equal([
      { n: "1 & 2" },
      { type: "two" },
    ]);
    expect(root?.children.map(({ text }) => text)).to.deep.equal(["text", ""]);
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
    '<?xml version="1.0" encoding="UT"1.0" encoding="UTF-8"?><a/>',
    "<a/><?b",
    "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
  ];
  for (const document of broken) {
    it(`refuses ${JSON.stringify(document)}`, () => {
      expect(parseXml(document)).to.equal(undefined);
    });
  }
});

describe("writing XML", () => {
  it("repeats a list's name, leaves out what is undefined, and closes empty elements", () => {
    const content = {
      Key: ["a", "b"],
      Size: 0,
      Last: false,
      Marker: undefined,
      Owner: {},
      Tag: "",
    };
    expect(formatXml("List", content, "http://x/")).to.equal(
      '<List xmlns="http://x/"><Key>a</Key><Key>b</Key><Size>0</Size><Last>false</Last><Owner></Owner><Tag></Tag></List>',
    );
    expect(formatXml("List", { Item: [] })).to.equal("<List></List>");
  });

  it("writes members that begin with @ as attributes of their element", () => {
    const content = { Grantee: { "@type": 'a "user"', ID: "1" } };
    expect(formatXml("Grant", content, "http://x/")).to.equal(
      '<Grant xmlns="http://x/"><Grantee type="a &quot;user&quot;"><ID>1</ID></Grantee></Grant>',
    );
  });

  it("escapes a text so that parsing returns it unchanged", () => {
    const text = "a<b>&\"'&amp;\r\n ";
    const document = formatXml("K", text);
    expect(document).to.equal("<K>a&lt;b&gt;&amp;&quot;'&amp;amp;&#xD;\n </K>");
    expect(parseXml(document)?.text).to.equal(text);
  });
});
