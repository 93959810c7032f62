import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { expect } from "chai";
import { pulumiArguments } from "../../../local/cli/pulumi/pulumiArguments.ts";
import { freePort } from "../../harness/endpoints/freePort.ts";
import { newProject } from "../../harness/packages/newProject.ts";
import { fanoutIn } from "../../harness/processes/fanoutCommand.ts";

/** Stands in for the CLI: notes how it was called, writes a salt as the CLI does, and exits with 7 for `up`. */
const standIn = `#!${process.execPath}
const { appendFileSync, existsSync } = require("node:fs");
const names = ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_DEBUG_PROVIDERS",
  "PULUMI_SKIP_UPDATE_CHECK", "PULUMI_STACK", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"];
const environment = Object.fromEntries(names.map((name) => [name, process.env[name]]));
const args = process.argv.slice(2);
appendFileSync("calls", JSON.stringify({ args, environment }) + "\\n");
if (args[1] === "init") appendFileSync("Pulumi.dev.yaml", "encryptionsalt: v1:salt\\n");
process.exitCode = args[0] === "up" ? 7 : 0;
`;

type Call = {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
};

const settings = "config:\n  aws:region: eu-west-1\n";

describe("fanout pulumi", () => {
  let project: ReturnType<typeof newProject>;
  let environment: Record<string, string>;

  beforeEach(() => {
    project = newProject(
      {
        "bin/pulumi": standIn,
        "Pulumi.yaml": "name: shop\nruntime: yaml\n",
        "Pulumi.dev.yaml": settings,
      },
      [],
    );
    chmodSync(path.join(project.folder, "bin/pulumi"), 0o755);
    environment = {
      PATH: path.join(project.folder, "bin"),
      AWS_PROFILE: "production",
      PULUMI_BACKEND_URL: "",
    };
  });
  afterEach(() => project.remove());

  const calls = (): Call[] =>
    readFileSync(path.join(project.folder, "calls"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("creates the stack, runs the CLI on the local cloud, and exits as it does", async () => {
    const port = String(await freePort());
    const args = ["pulumi", "--port", port, "up", "--yes", "--stack", "dev"];
    const command = fanoutIn(project.folder, args, environment);
    expect(await command.exit, command.output()).to.equal(7);
    const [create, up, ...others] = calls();
    expect(others).to.deep.equal([]);
    expect(create?.args.slice(0, 4)).to.deep.equal(["stack", "init", "dev", "--no-select"]);
    expect(up?.args).to.deep.equal(["up", "--yes", "--stack", "dev"]);
    const {
      PULUMI_DEBUG_PROVIDERS: provider,
      PULUMI_BACKEND_URL: backend,
      ...rest
    } = {
      ...up?.environment,
    };
    expect(provider).to.match(/^aws:\d+$/);
    expect(backend).to.match(/^file:\/\/\/.*\/\.fanout\/state$/);
    expect(rest).to.deep.equal({
      PULUMI_CONFIG_PASSPHRASE: "fanout",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_STACK: "dev",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "local",
    });
  });

  it("leaves the stack's file without the salt that the CLI writes", async () => {
    const port = String(await freePort());
    const args = ["pulumi", "--port", port, "preview"];
    expect(await fanoutIn(project.folder, args, environment).exit).to.equal(0);
    expect(calls().map(({ args: [first] }) => first)).to.deep.equal(["stack", "preview"]);
    expect(readFileSync(path.join(project.folder, "Pulumi.dev.yaml"), "utf8")).to.equal(settings);
  });

  it("leaves backend, passphrase and credentials to a user who names a backend", async () => {
    const command = fanoutIn(
      project.folder,
      ["pulumi", "--port", String(await freePort()), "refresh"],
      { ...environment, PULUMI_BACKEND_URL: "s3://states" },
    );
    expect(await command.exit).to.equal(0);
    expect(command.output()).to.match(
      /^fanout: the state goes to s3:\/\/states, because PULUMI_BACKEND_URL is set$/m,
    );
    const [refresh, ...others] = calls();
    expect(others).to.deep.equal([]);
    expect(refresh?.environment).to.include({
      PULUMI_BACKEND_URL: "s3://states",
      AWS_PROFILE: "production",
    });
    expect(refresh?.environment).not.to.have.any.keys("PULUMI_CONFIG_PASSPHRASE", "PULUMI_STACK");
  });

  it("starts no cloud for commands that need none", async () => {
    const command = fanoutIn(project.folder, ["pulumi", "stack", "ls"], environment);
    expect(await command.exit).to.equal(0);
    expect(calls()[0]?.environment).not.to.have.property("PULUMI_DEBUG_PROVIDERS");
    expect(existsSync(path.join(project.folder, ".fanout/cloud"))).to.equal(false);
  });

  it("deploys to the cloud that runs already, and keeps its data for the next one", async () => {
    const running = fanoutIn(project.folder, ["start", "--empty", "--port", "0"], environment);
    const url = (await running.line(/^ready /)).replace("ready ", "");
    // The one that the project's stacks agree on.
    expect(running.output()).to.include("An empty local cloud (region eu-west-1)");
    const { port } = new URL(url);
    const command = fanoutIn(project.folder, ["pulumi", "--port", port, "destroy"], environment);
    expect(await command.exit).to.equal(0);
    expect(command.output()).not.to.include("ran for this command only");
    expect(calls()[0]?.environment).to.include({ AWS_ENDPOINT_URL: url });
    expect(await running.end()).to.equal(0);
    expect(existsSync(path.join(project.folder, ".fanout/cloud/cloud.db"))).to.equal(true);
  });

  it("says what to do when something else answers at the port", async () => {
    const server = createServer((_request, response) => response.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const command = fanoutIn(project.folder, ["pulumi", "--port", port, "refresh"], environment);
    expect(await command.exit).to.equal(1);
    server.close();
    expect(command.output()).to.equal(
      `what answers at http://127.0.0.1:${port} is not a local cloud (HTTP status 200): choose another port, fanout pulumi --port N\n`,
    );
  });

  it("says how to install the CLI when there is none", async () => {
    writeFileSync(path.join(project.folder, "bin/pulumi"), "", { mode: 0o644 });
    chmodSync(path.join(project.folder, "bin/pulumi"), 0o644);
    const command = fanoutIn(project.folder, ["pulumi", "up"], environment);
    expect(await command.exit).to.equal(1);
    expect(command.output()).to.match(
      /^fanout pulumi runs the Pulumi CLI, and there is none on PATH: install it \(https:\/\/www\.pulumi\.com\/docs\/\S+\), or run a program for Node without it: fanout start\n$/,
    );
  });
});

describe("the command line of fanout pulumi", () => {
  it("takes --port before the arguments of the CLI only", () => {
    expect(pulumiArguments(["--port=4000", "up", "--port", "5"])).to.deep.include({
      port: 4000,
      args: ["up", "--port", "5"],
      command: "up",
    });
    expect(pulumiArguments(["up"])).to.deep.include({ port: 4566, args: ["up"] });
  });

  for (const given of [["--stack", "prod"], ["--stack=prod"], ["-s", "prod"], ["-sprod"]]) {
    it(`finds the stack in ${given.join(" ")}`, () => {
      expect(pulumiArguments(["up", ...given]).stack).to.equal("prod");
    });
  }

  it("finds the folder in -C, and nothing after --", () => {
    expect(pulumiArguments(["-C", "app", "up", "--", "--stack", "x"])).to.deep.include({
      command: "up",
      directory: "app",
      stack: undefined,
    });
  });
});
