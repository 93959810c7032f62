import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { offeredWords } from "../../../local/cli/commands/completion.ts";
import { complete, completionScript } from "../../../local/cli/completion.ts";

const ops = {
  peek: { options: ["--json", "--max"], arguments: ["orders", "orders/billing"] },
  status: { options: ["--json"], arguments: [] },
};
const completions = {
  commands: {
    start: { options: ["--port", "--stack"], arguments: [] },
    ops: { options: ["--help"], arguments: Object.keys(ops), commands: ops },
  },
};

describe("the completion of a command line", () => {
  const offered = (line: string) => complete(completions, line.split(" "));

  it("offers commands, and those below one", () => {
    expect(offered("")).to.deep.equal(["start", "ops"]);
    expect(offered("s")).to.deep.equal(["start"]);
    expect(offered("ops ")).to.deep.equal(["peek", "status"]);
  });

  it("offers the options of a command once a dash is typed", () => {
    expect(offered("start --s")).to.deep.equal(["--stack"]);
    expect(offered("ops peek orders --m")).to.deep.equal(["--max"]);
    expect(offered("ops -")).to.deep.equal(["--help"]);
  });

  it("offers the names of what runs", () => {
    expect(offered("ops peek orders/")).to.deep.equal(["orders/billing"]);
    expect(offered("start x")).to.deep.equal([]);
  });

  it("offers the options of every command that has some", async () => {
    const flags: Readonly<Record<string, string>> = {
      new: "--description",
      start: "--strict",
      pulumi: "--port",
      ops: "--help",
      cost: "--publish-batch",
      simulate: "--seconds",
      explain: "--json",
    };
    const names = [...Object.keys(flags), "completion"];
    for (const [name, flag] of Object.entries(flags)) {
      expect(await offeredWords([name, flag.slice(0, 3)], names), name).to.include(flag);
    }
  });

  it("fills bash's reply with the words that fit, one each", () => {
    const typed = `COMP_WORDS=(fanout ops ""); COMP_CWORD=2; _fanout`;
    const fanout = `fanout() { printf '%s|' "$@" >&3; printf '%s\\n' peek "two words"; }`;
    const lines = [fanout, completionScript("bash"), typed, `printf '%s\\n' "\${COMPREPLY[@]}"`];
    const { stdout, output, status } = spawnSync("bash", ["-c", lines.join("\n")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    expect(status).to.equal(0);
    expect(stdout.trimEnd().split("\n")).to.deep.equal(["peek", "two words"]);
    expect(output[3]).to.equal("complete|ops||");
  });

  it("has a script for each shell, and rejects others", () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      expect(completionScript(shell)).to.contain("fanout complete");
    }
    expect(() => completionScript("csh")).to.throw(
      'there is no completion for "csh"; shells: bash, zsh, fish',
    );
  });
});
