import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { splitArguments } from "../../../local/engine/project/arguments.ts";
import { readProject } from "../../../local/engine/project/project.ts";
import { readStackConfig } from "../../../local/engine/project/stackConfig.ts";
import { defaultStack } from "../../../local/run/defaultStack.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

/** What `pulumi config set --secret` wrote with this passphrase. */
const passphrase = "correct-horse";
const encrypted = `encryptionsalt: v1:v0lK/Usp4Fc=:v1:BIncYoHco022Ek5Z:CEMXgVuQFj+Mh2UMZRJnwOPX0lqMqw==
config:
  shop:c: plain
  shop:password:
    secure: v1:zjWE6XgWZoFie0aN:zEQkWPCsF7SfHeDXnsC8bg0RKUjC7Og=
  shop:db:
    password:
      secure: v1:eCqReFdzyVfPjp+9:mrXOZriKBqx9vJpuU+LyhEmtXFNG
    user: admin
  shop:n: "5"
`;

describe("a project and its stacks' configuration", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-config-"));
    write(
      "Pulumi.yaml",
      "name: shop\nruntime: nodejs\nconfig:\n  a: { type: integer, default: 1 }\n  b: { type: array, items: { type: string }, default: [x] }\n  c: { type: string }\n  aws:region: { value: eu-west-1 }\n",
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): void {
    writeFileSync(path.join(folder, name), text);
  }

  const read = (stack = "dev", environment: NodeJS.ProcessEnv = {}) =>
    readStackConfig(readProject(folder), stack, environment);

  const refusal = (environment?: NodeJS.ProcessEnv) =>
    failureOf(read("dev", environment)).then(({ message }) => message);

  it("are the project's defaults, and over them the stack's values, key by key", async () => {
    write("Pulumi.dev.yaml", "config:\n  shop:b: [y, z]\n  shop:c: text\n  shop:d: true\n");
    expect(await read()).to.deep.equal({
      values: {
        "aws:region": "eu-west-1",
        "shop:a": "1",
        "shop:b": '["y","z"]',
        "shop:c": "text",
        "shop:d": "true",
      },
      secretKeys: [],
    });
  });

  it("are found from a folder inside the project, and need no stack file while there is none", async () => {
    const inner = path.join(folder, "a", "b");
    mkdirSync(inner, { recursive: true });
    expect(readProject(inner).root).to.equal(folder);
    write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
    expect(readProject(folder).runtime.typescript).to.equal(false);
    expect(await read("any")).to.deep.equal({ values: {}, secretKeys: [] });
    write("Pulumi.dev.yaml", "");
    expect((await failureOf(read("pord"))).message).to.equal(
      `there is no stack "pord" in ${folder} (no Pulumi.pord.yaml); available stacks: dev`,
    );
  });

  for (const extension of [".yml", ".json"]) {
    it(`are in files that end in ${extension} if the project's does`, async () => {
      rmSync(path.join(folder, "Pulumi.yaml"));
      write(`Pulumi${extension}`, '{ "name": "shop", "runtime": "nodejs" }');
      write(`Pulumi.prod${extension}`, '{ "config": { "shop:a": "b" } }');
      write("Pulumi.other.yaml", "config: { shop:a: c }\n");
      expect(defaultStack(readProject(folder))).to.equal("prod");
      expect((await read("prod")).values).to.deep.equal({ "shop:a": "b" });
      expect((await failureOf(read("other"))).message).to.equal(
        `there is no stack "other" in ${folder} (no Pulumi.other${extension}); available stacks: prod`,
      );
    });
  }

  it("have secrets that the CLI encrypted with a passphrase, alone and in objects", async () => {
    write("Pulumi.dev.yaml", encrypted);
    const config = await read("dev", { PULUMI_CONFIG_PASSPHRASE: passphrase });
    expect(config.values).to.deep.include({
      "shop:password": "hunter2",
      "shop:db": '{"password":"pa\\"ss","user":"admin"}',
      "shop:n": "5",
    });
    expect(config.secretKeys).to.deep.equal(["shop:password", "shop:db"]);
    write("passphrase", `${passphrase}\n`);
    const file = path.join(folder, "passphrase");
    expect(await read("dev", { PULUMI_CONFIG_PASSPHRASE_FILE: file })).to.deep.equal(config);
  });

  it("are refused when a secret cannot be opened", async () => {
    write("Pulumi.dev.yaml", encrypted);
    expect(await refusal({})).to.equal(
      "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    );
    expect(await refusal({ PULUMI_CONFIG_PASSPHRASE: "wrong" })).to.equal("incorrect passphrase");
    write("Pulumi.dev.yaml", "config:\n  shop:c: { secure: AAAB }\n");
    expect(await refusal()).to.match(/encrypted by Pulumi Cloud; the local run opens those of a/);
  });

  it("are refused with the CLI's words when values are missing or of a wrong type", async () => {
    write("Pulumi.dev.yaml", "");
    expect(await refusal()).to.equal("Stack 'dev' is missing configuration value 'c'");
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\nconfig: { x: { type: string }, y: {} }\n");
    expect(await refusal()).to.equal("Stack 'dev' is missing configuration values 'x' and 'y'");
    write(
      "Pulumi.yaml",
      "name: shop\nruntime: nodejs\nconfig:\n  x: { type: array, items: { type: integer } }\n",
    );
    write("Pulumi.dev.yaml", "config: { shop:x: [1, two] }\n");
    expect(await refusal()).to.equal(
      "Stack 'dev' with configuration key 'x' must be of type 'array<integer>'",
    );
    write(
      "Pulumi.yaml",
      "name: shop\nruntime: nodejs\nconfig: { x: { type: string, secret: true } }\n",
    );
    write("Pulumi.dev.yaml", "config: { shop:x: open }\n");
    expect(await refusal()).to.equal(
      "Stack 'dev' with configuration key 'x' must be encrypted as it's secret",
    );
  });

  it("are refused for programs that are not for Node, and where there is no project", () => {
    write("Pulumi.yaml", "name: shop\nruntime: python\n");
    expect(() => readProject(folder)).to.throw("runtime is nodejs (given python)");
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: nowhere.ts\n");
    expect(() => readProject(folder)).to.throw("project 'main' could not be read");
    expect(() => readProject("/")).to.throw("no Pulumi.yaml project file found in /");
  });

  it("names what of Pulumi.yaml has no effect in a local run", () => {
    expect(readProject(folder).ignored).to.deep.equal([]);
    write(
      "Pulumi.yaml",
      "name: shop\nruntime: nodejs\nauthor: someone\nrequiredPulumiVersion: '>=3'\nbackend: { url: 's3://state' }\noptions: { refresh: always }\nplugins: { providers: [{ name: aws, path: bin }] }\n",
    );
    expect(readProject(folder).ignored).to.deep.equal([
      "Pulumi.yaml: requiredPulumiVersion has no effect: the local run is not a version of the Pulumi CLI",
      "Pulumi.yaml: backend has no effect: local runs keep their state in .fanout",
      "Pulumi.yaml: plugins has no effect: the local run looks for plugins on PATH and in PULUMI_HOME",
      "Pulumi.yaml: options.refresh has no effect: the local run compares a program with what it did last",
    ]);
  });

  it("splits nodeargs as a shell does", () => {
    expect(splitArguments(`--a  --b="c d" 'e "f"' g\\ h ""`)).to.deep.equal([
      "--a",
      "--b=c d",
      'e "f"',
      "g h",
      "",
    ]);
  });
});
