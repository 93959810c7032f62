import { expect } from "chai";
import {
  type Behaviour,
  behaviourFor,
  type DistributionDefinition,
} from "../../../../local/services/cloudfront/definition.ts";

const behaviour = (originId: string): Behaviour => ({
  originId,
  allowedMethods: ["GET"],
  headers: [],
  forwardsViewer: false,
});

describe("the behaviour of a distribution for a path", () => {
  const origin = (path: string, ...patterns: string[]) => {
    const definition: DistributionDefinition = {
      name: "site",
      defaultRootObject: undefined,
      origins: [],
      defaultBehaviour: behaviour("default"),
      errorResponses: [],
      behaviours: patterns.map((pathPattern) => ({ ...behaviour(pathPattern), pathPattern })),
    };
    return behaviourFor(definition, path).originId;
  };

  it("is the default one where no pattern fits", () => {
    expect(origin("/")).to.equal("default");
    expect(origin("/rooms", "/bookings")).to.equal("default");
  });

  it("is the first whose pattern fits, also where a later one fits more closely", () => {
    expect(origin("/bookings", "/book*", "/bookings")).to.equal("/book*");
  });

  for (const [pattern, fitting, others] of [
    ["/bookings", ["/bookings"], ["/bookings/", "/bookings/1", "/Bookings", "/a/bookings"]],
    ["bookings", ["/bookings"], ["/a/bookings"]],
    ["/api/*", ["/api/", "/api/a", "/api/a/b"], ["/api", "/apis/a"]],
    ["*.jpg", ["/a.jpg", "/a/b.jpg"], ["/a.jpeg", "/ajpg"]],
    ["/a?c", ["/abc"], ["/ac", "/abbc"]],
    ["/a(b)", ["/a(b)"], ["/ab"]],
  ] as const) {
    it(`fits ${pattern} to ${fitting.join(" and ")}, and not to ${others.join(", ")}`, () => {
      for (const path of fitting) expect(origin(path, pattern), path).to.equal(pattern);
      for (const path of others) expect(origin(path, pattern), path).to.equal("default");
    });
  }
});
