import { expect } from "chai";
import { environment } from "../../../handlers/lib/environment.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";

describe("environment", () => {
  useEnvironment(() => ({ FANOUT_TABLE: "orders", FANOUT_BUCKET: "invoices", FANOUT_EMPTY: "" }));

  it("gives the variables by name", () => {
    expect(environment("FANOUT_TABLE", "FANOUT_BUCKET")).to.deep.equal({
      FANOUT_TABLE: "orders",
      FANOUT_BUCKET: "invoices",
    });
  });

  it("names every variable that is missing or empty, and all that the handler needs", () => {
    expect(() => environment("FANOUT_TABLE", "FANOUT_EMPTY", "FANOUT_NONE")).to.throw(
      "Environment variables missing: FANOUT_EMPTY, FANOUT_NONE. Set them on the function (this handler needs FANOUT_TABLE, FANOUT_EMPTY, FANOUT_NONE).",
    );
  });
});
