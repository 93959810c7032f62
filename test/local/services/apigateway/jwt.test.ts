import { expect } from "chai";
import { readJwt } from "../../../../local/services/apigateway/jwt.ts";

const now = 1_700_000_000;
const configuration = { issuer: "https://id.example.com", audiences: ["shop", "admin"] };
const good = { iss: configuration.issuer, aud: "shop", exp: now + 60, scope: "read write" };

function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2ln`;
}

describe("a JWT authorizer", () => {
  const read = (claims: object, scopes: readonly string[] = []) =>
    readJwt(`Bearer ${tokenOf(claims)}`, configuration, scopes, now);

  it("passes the claims on as texts", () => {
    expect(read({ ...good, groups: ["a", "b"], staff: true })).to.deep.equal({
      claims: {
        iss: configuration.issuer,
        aud: "shop",
        exp: String(now + 60),
        scope: "read write",
        groups: "[a b]",
        staff: "true",
      },
      scopes: null,
    });
  });

  it("reads a token without Bearer, and the client's id in place of an audience", () => {
    const { aud: _aud, ...rest } = good;
    const token = tokenOf({ ...rest, client_id: "admin" });
    expect(readJwt(token, configuration, [], now)).to.have.nested.property("claims.client_id");
  });

  it("refuses a caller whose token has none of the route's scopes", () => {
    expect(read(good, ["delete"])).to.equal("forbidden");
    expect(read(good, ["delete", "write"])).to.deep.include({ scopes: ["delete", "write"] });
  });

  const refused: [string, object][] = [
    ["of another issuer", { ...good, iss: "https://other.example.com" }],
    ["for another audience", { ...good, aud: ["other"] }],
    ["that has expired", { ...good, exp: now }],
    ["without an end", { iss: good.iss, aud: "shop" }],
    ["that is not valid yet", { ...good, nbf: now + 1 }],
    ["of the future", { ...good, iat: now + 1 }],
  ];
  for (const [what, claims] of refused) {
    it(`refuses a token ${what}`, () => {
      expect(read(claims)).to.equal("unauthorized");
    });
  }

  it("refuses what is no token", () => {
    for (const token of ["", "abc", "a.b.c", `a.${Buffer.from("7").toString("base64url")}.c`]) {
      expect(readJwt(token, configuration, [], now), token).to.equal("unauthorized");
    }
  });
});
