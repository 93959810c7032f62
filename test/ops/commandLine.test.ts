import { expect } from "chai";
import { commands } from "../../ops/commands/index.ts";
import { runOpsAnywhere } from "../harness/runs/ops.ts";

describe("the command line of the ops tool", () => {
  it("lists the commands with --help and without arguments", async () => {
    const { code, output, notes } = await runOpsAnywhere(["--help"]);
    expect({ code, notes }).to.deep.equal({ code: 0, notes: "" });
    expect(await runOpsAnywhere([])).to.deep.equal({ code, output, notes });
    for (const { name, summary } of commands) {
      expect(output).to.match(new RegExp(`^  ${name} .*  ${summary}$`, "m"));
    }
  });

  for (const command of commands) {
    it(`prints the help of ${command.name} without opening a stack`, async () => {
      const { code, output, notes } = await runOpsAnywhere([command.name, "--help"]);
      expect({ code, notes }).to.deep.equal({ code: 0, notes: "" });
      expect(output.split("\n")[0]).to.equal(
        `npm run ops -- ${[command.name, ...command.positionals].join(" ")} [options]`,
      );
      for (const option of [...Object.keys(command.options), "json", "stack", "help"]) {
        expect(output).to.match(new RegExp(`^  --${option} `, "m"));
      }
    });
  }

  it("prints help that fits into a terminal of 110 columns", async () => {
    for (const argv of [["--help"], ...commands.map(({ name }) => [name, "--help"])]) {
      const { output } = await runOpsAnywhere(argv);
      expect(output.split("\n").filter((line) => line.length > 110)).to.deep.equal([]);
    }
  });

  const wrong: readonly (readonly [string[], string])[] = [
    [
      ["stauts"],
      'there is no command "stauts"; did you mean "status"?; npm run ops -- --help prints the usage',
    ],
    [["peek"], "peek takes QUEUE (given nothing)"],
    [["peek", "a", "b"], "peek takes QUEUE (given a b)"],
    [
      ["peek", "a", "--visible"],
      "Unknown option '--visible'; npm run ops -- peek --help prints the usage",
    ],
    [["status", "--port", "x"], '--port must be a whole number from 1 to 65535 (given "x")'],
    [
      ["status", "--port", "1", "--stack", "prod"],
      "give only one of --port, --stack and --outputs: each names a stack",
    ],
  ];
  for (const [argv, problem] of wrong) {
    it(`exits with 2 for "${argv.join(" ")}"`, async () => {
      expect(await runOpsAnywhere(argv)).to.deep.equal({ code: 2, output: "", notes: problem });
    });
  }
});
