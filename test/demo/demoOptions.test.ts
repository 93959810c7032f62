import { expect } from "chai";
import { demoOptions } from "../../demo/demoOptions.ts";
import type { Scene } from "../../demo/scene.ts";

const scenes: readonly Scene[] = ["uploads", "orders", "delay"].map((name) => ({
  name,
  title: `The scene ${name}`,
  systems: [name],
  play: async () => undefined,
}));

const namesFor = (...argv: string[]) => demoOptions(argv, scenes).scenes.map(({ name }) => name);

describe("the command line of the demo", () => {
  it("plays the two main scenes a hundred times as fast, on a free port, by default", () => {
    const { scenes: _scenes, ...others } = demoOptions([], scenes);
    expect(others).to.deep.equal({ help: false, list: false, speed: 100, port: 0 });
    expect(namesFor()).to.deep.equal(["uploads", "orders"]);
  });

  it("plays the scenes that it names, in their order, or all", () => {
    expect(namesFor("--scene", "delay", "--scene", "orders")).to.deep.equal(["delay", "orders"]);
    expect(namesFor("--all")).to.deep.equal(["uploads", "orders", "delay"]);
  });

  const wrong: readonly (readonly [argv: readonly string[], message: string])[] = [
    [["--scene", "delays"], 'there is no scene "delays"; the scenes are uploads, orders, delay'],
    [["--scene", "delay", "--all"], "give --scene or --all, not both"],
    [["--speed", "x"], '--speed must be a whole number from 1 to 100000 (given "x")'],
    [["--speed", ""], '--speed must be a whole number from 1 to 100000 (given "")'],
    [["--port", "70000"], '--port must be a whole number from 0 to 65535 (given "70000")'],
    [["--fast"], "Unknown option '--fast'; npm run demo -- --help lists the options"],
  ];

  for (const [argv, message] of wrong) {
    it(`rejects ${JSON.stringify(argv)}`, () => {
      expect(() => demoOptions(argv, scenes)).to.throw(new RegExp(`^${literally(message)}$`));
    });
  }
});

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
