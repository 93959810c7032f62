import { expect } from "chai";
import { startOptions } from "../../../local/cli/startOptions.ts";
import { thrownBy } from "../../harness/assertions/failure.ts";

const all = ["uploads", "orders", "photos"];
const read = (...argv: string[]) => startOptions(argv, { call: "npm start --", systems: all });

describe("the command line of npm start", () => {
  it("starts the default stack without arguments, on AWS's usual local port, in real time", () => {
    expect(read()).to.include({ stack: undefined, systems: undefined, port: 4566, speed: 1 });
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
    [
      ["--otlp", "127.0.0.1:4318"],
      '--otlp must be an address such as http://127.0.0.1:4318 (given "127.0.0.1:4318")',
    ],
    [["--fast"], "Unknown option '--fast'; npm start -- --help lists the options"],
  ] as const) {
    it(`is refused with ${argv.join(" ")}`, () => {
      expect(thrownBy(() => read(...argv)).message).to.equal(message);
    });
  }
});

describe("the command line of fanout start", () => {
  const readStart = (...argv: string[]) => startOptions(argv, { call: "fanout start" });

  it("reads every option", () => {
    const argv = "--stack prod --port 0 --speed 60 --data kept --strict --logs --no-reload";
    const options = readStart(
      ...argv.split(" "),
      ...["--no-permissions", "--chaos", "--otlp", "http://127.0.0.1:4318"],
    );
    expect(options).to.deep.equal({
      help: false,
      stack: "prod",
      systems: undefined,
      port: 0,
      speed: 60,
      dataDirectory: "kept",
      strict: true,
      empty: false,
      logs: true,
      reload: false,
      permissions: false,
      chaos: true,
      otlp: "http://127.0.0.1:4318",
    });
  });

  it("rejects systems, which only this repository has", () => {
    expect(thrownBy(() => readStart("orders")).message).to.match(
      /^Unexpected argument 'orders'.*; fanout start --help lists the options$/,
    );
  });

  it("rejects a stack for a cloud without a program", () => {
    expect(thrownBy(() => readStart("--empty", "--stack", "dev")).message).to.equal(
      "--empty runs no program: leave out --stack",
    );
  });
});
