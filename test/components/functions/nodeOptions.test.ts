import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { HandlerFunction } from "../../../components/index.ts";
import { resource } from "../../harness/programs/graph.ts";
import { runProgram } from "../../harness/programs/program.ts";

describe("the environment of a handler's function", () => {
  async function variablesOf(environment?: Record<string, pulumi.Input<string>>): Promise<unknown> {
    const handler = {
      entry: "test/fixtures/handlers/echo.ts",
      ...(environment && { environment }),
    };
    const run = await runProgram(() => new HandlerFunction("f", { handler, description: "" }));
    return resource(run, "aws:lambda/function:Function", "f").inputs.environment;
  }

  it("turns source maps on, so that errors name the source", async () => {
    expect(await variablesOf()).to.deep.equal({
      variables: { NODE_OPTIONS: "--enable-source-maps" },
    });
  });

  it("adds that to the handler's own variables and NODE_OPTIONS", async () => {
    const own = { TABLE: "t", NODE_OPTIONS: pulumi.output("--no-warnings") };
    expect(await variablesOf(own)).to.deep.equal({
      variables: { TABLE: "t", NODE_OPTIONS: "--no-warnings --enable-source-maps" },
    });
  });

  for (const own of ["--enable-source-maps --no-warnings", "--no-enable-source-maps"]) {
    it(`leaves NODE_OPTIONS that decide about source maps as they are: ${own}`, async () => {
      expect(await variablesOf({ NODE_OPTIONS: own })).to.deep.equal({
        variables: { NODE_OPTIONS: own },
      });
    });
  }
});
