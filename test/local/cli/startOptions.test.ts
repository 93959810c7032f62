import { expect } from "chai";
import { startOptions } from "../../../local/cli/startOptions.ts";
import { thrownBy } from "../../harness/assertions/failure.ts";

const all = ["uploads", "orders", "photos"];
const read = (...argv: string[]) => startOptions(argv, all);

describe("the command line of npm start", () => {
  it("without anything starts the stack dev as it is, on AWS's usual local port, in real time", () => {
    expect(read()).to.include({ stack: "dev", systems: undefined, port: 4566, speed: 1 });
  });

  it("starts the systems that it names", () => {
    expect(read("photos", "orders").systems).to.deep.equal(["photos", "orders"]);
  });

  it("starts all systems when told so", () => {
    expect(read("--all").systems).to.deep.equal(all);
    expect(read("photos", "--all").systems).to.deep.equal(all);
  });

  for (const [argv, message] of [
    [["--port", "high"], '--port must be a whole number from 0 to 65535 (given "high")'],
    [["--port", "65536"], '--port must be a whole number from 0 to 65535 (given "65536")'],
    [["--speed", "0"], '--speed must be a whole number from 1 to 100000 (given "0")'],
    [["--fast"], "Unknown option '--fast'; npm start -- --help lists the options"],
  ] as const) {
    it(`is refused with ${argv.join(" ")}`, () => {
      expect(thrownBy(() => read(...argv)).message).to.equal(message);
    });
  }
});
