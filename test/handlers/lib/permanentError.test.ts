import { expect } from "chai";
import { isPermanent, PermanentError } from "../../../handlers/lib/permanentError.ts";

describe("isPermanent", () => {
  it("tells a permanent error, also where it is another's cause", () => {
    const permanent = new PermanentError("malformed");
    expect(isPermanent(permanent)).to.equal(true);
    expect(isPermanent(new Error("wrapped", { cause: permanent }))).to.equal(true);
  });

  it("takes anything else for one that may pass", () => {
    expect(isPermanent(new Error("throttled", { cause: new Error("slow down") }))).to.equal(false);
    expect(isPermanent("malformed")).to.equal(false);
    expect(isPermanent(undefined)).to.equal(false);
  });
});
