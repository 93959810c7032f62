import { expect } from "chai";
import fc from "fast-check";
import type { ListingEntry } from "../../../../local/services/s3/listing.ts";
import { makeBuckets } from "../../../harness/cloud/buckets.ts";

describe("listing a bucket", () => {
  function makeListed(keys: readonly string[]) {
    const made = makeBuckets();
    made.buckets.create("photos");
    for (const key of keys) made.put("photos", key);
    return made;
  }

  function namesOf(entries: readonly ListingEntry[]): string[] {
    return entries.map((entry) =>
      "object" in entry ? entry.object.key : `${entry.commonPrefix}*`,
    );
  }

  function list(made: ReturnType<typeof makeBuckets>, more: object = {}) {
    return made.buckets.objects.list({ bucket: "photos", limit: 1000, versions: false, ...more });
  }

  it("goes by the bytes of the keys, not by the letters of a language", () => {
    const made = makeListed(["a", "B", "é", "Z", "a b", "😀", "～", "a/b"]);
    expect(namesOf(list(made).entries)).to.deep.equal([
      "B",
      "Z",
      "a",
      "a b",
      "a/b",
      "é",
      "～",
      "😀",
    ]);
  });

  it("rolls keys up to the delimiter into common prefixes, among the keys in order", () => {
    const made = makeListed(["a", "b/1", "b/2", "b/c/3", "c", "d/4", "d0"]);
    const { entries } = list(made, { delimiter: "/" });
    expect(namesOf(entries)).to.deep.equal(["a", "b/*", "c", "d/*", "d0"]);
    const inB = list(made, { delimiter: "/", prefix: "b/" });
    expect(namesOf(inB.entries)).to.deep.equal(["b/1", "b/2", "b/c/*"]);
  });

  it("shows only keys that begin with the prefix", () => {
    const made = makeListed(["im", "img", "img/1", "imh", "IMG/2"]);
    expect(namesOf(list(made, { prefix: "img" }).entries)).to.deep.equal(["img", "img/1"]);
    expect(namesOf(list(made, { prefix: "x" }).entries)).to.deep.equal([]);
  });

  it("is truncated only when something is left", () => {
    const made = makeListed(["a", "b", "c"]);
    expect(list(made, { limit: 2 }).truncated).to.equal(true);
    expect(list(made, { limit: 3 }).truncated).to.equal(false);
    expect(list(made, { limit: 0 })).to.deep.equal({ entries: [], truncated: false });
  });

  it("shows neither deleted objects nor objects of other buckets", () => {
    const made = makeListed(["a", "b"]);
    made.buckets.create("other");
    made.put("other", "c");
    made.remove("photos", "a");
    expect(namesOf(list(made).entries)).to.deep.equal(["b"]);
  });

  it("page by page shows each entry of the whole listing once, whatever the keys", () => {
    const letter = fc.constantFrom("a", "B", "/", "é", "\u{10ffff}", "\ud7ff", "\ue000", "0");
    const key = fc.string({ unit: letter, minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 25 }),
        fc.string({ unit: letter, maxLength: 2 }),
        fc.constantFrom(undefined, "/", "a/", "\ud7ff", "\u{10ffff}"),
        fc.integer({ min: 1, max: 4 }),
        (keys, prefix, delimiter, limit) => {
          const made = makeListed(keys);
          const request = { prefix, ...(delimiter && { delimiter }) };
          const expected = modelOf(keys, prefix, delimiter);
          expect(namesOf(list(made, request).entries)).to.deep.equal(expected);
          expect(pages(made, request, limit)).to.deep.equal(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  function pages(made: ReturnType<typeof makeBuckets>, request: object, limit: number): string[] {
    const names: string[] = [];
    for (let after: object | undefined; ; ) {
      const page = list(made, { ...request, limit, after });
      names.push(...namesOf(page.entries));
      const last = page.entries.at(-1);
      if (!page.truncated || last === undefined) return names;
      after = "object" in last ? { key: last.object.key, sequence: 0 } : last;
    }
  }

  function modelOf(
    keys: readonly string[],
    prefix: string,
    delimiter: string | undefined,
  ): string[] {
    const names = keys
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((key) => {
        const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
        return delimiter && end >= 0 ? `${key.slice(0, end + delimiter.length)}*` : key;
      });
    return [...new Set(names)];
  }
});
