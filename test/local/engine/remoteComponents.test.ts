import path from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { findPlugin } from "../../../local/engine/plugins/findPlugin.ts";
import { Group, Thing, up, urnOf } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

const pulumiHome = fileURLToPath(new URL("../../fixtures/pulumiHome", import.meta.url));
const plugins = path.join(pulumiHome, "plugins");

describe("the plugin of a package", () => {
  it("is that on PATH, or the installed one of the version, or the local run's own", () => {
    const programOf = (version: string) =>
      path.join(plugins, `resource-shop-v${version}`, "pulumi-resource-shop");
    const found = (name: string, version: string, folders = "/nowhere") =>
      findPlugin(name, version, { PATH: folders, PULUMI_HOME: pulumiHome });
    const onPath = path.dirname(programOf("1.9.0"));
    expect(found("shop", "1.10.0", `/nowhere:${onPath}`)).to.deep.equal({
      program: programOf("1.9.0"),
      parameters: [],
    });
    expect(found("shop", "")?.program).to.equal(programOf("1.10.0"));
    expect(found("shop", "1.9.0")?.program).to.equal(programOf("1.9.0"));
    expect(found("shop", "1.8.0")).to.equal(undefined);
    expect(found("aws-apigateway", "3.0.0")).to.deep.include({ program: process.execPath });
    expect(found("sho", "")).to.equal(undefined);
  });
});

describe("a component that comes from a plugin", function () {
  this.timeout(60_000);

  let host: TestHost;
  let home: string | undefined;
  beforeEach(() => {
    host = testHost();
    home = process.env.PULUMI_HOME;
    process.env.PULUMI_HOME = pulumiHome;
  });
  afterEach(() => {
    if (home === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = home;
  });

  class Remote extends pulumi.ComponentResource {
    declare readonly childId: pulumi.Output<string>;
    declare readonly twice: pulumi.Output<number>;
    declare readonly folder: pulumi.Output<string>;
    declare readonly owner: pulumi.Output<string>;

    constructor(type: string, name: string, args: pulumi.Inputs, options = {}) {
      const outputs = { childId: undefined, twice: undefined, folder: undefined, owner: undefined };
      super(type, name, { ...args, ...outputs }, options, true);
    }
  }

  const program = (size: number) => () => {
    const group = new Group("group");
    const thing = new Thing("thing", { size });
    const counter = new Remote(
      "shop:index:Counter",
      "counter",
      { size: thing.id.apply(() => size) },
      { parent: group },
    );
    const { urn, childId, twice, folder, owner } = counter;
    return { urn, childId, twice, folder, owner };
  };
  const config = { "shop:owner": "team" };

  it("is registered with its children, and returns its outputs", async () => {
    const run = await up(host, program(3), { config });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.outputs).to.deep.equal({
      urn: urnOf("counter", "shop:index:Group$shop:index:Counter"),
      childId: "counter-child-2",
      twice: 6,
      folder: process.cwd(),
      owner: "team",
    });
    const child = run.resources.find(({ urn }) => urn.endsWith("::counter-child"));
    expect(child?.urn).to.equal(
      urnOf("counter-child", "shop:index:Group$shop:index:Counter$aws:test/thing:Thing"),
    );
    expect(child?.inputs).to.include({ size: 3 });
  });

  it("is brought to what the program says when it runs again", async () => {
    await up(host, program(3), { config });
    expect(stepsOf(await up(host, program(3), { config })).toSorted()).to.deep.equal([
      "same counter",
      "same counter-child",
      "same group",
      "same thing",
    ]);
    const changed = await up(host, program(4), { config });
    expect(stepsOf(changed)).to.include("update counter-child");
    const gone = await up(host, () => {});
    expect(stepsOf(gone).toSorted()).to.include.members(["delete counter", "delete counter-child"]);
  });

  it("is previewed with what is known", async () => {
    const run = await up(host, program(3), { config, preview: true });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run)).to.include("create counter-child");
    expect(host.aws.log).to.deep.equal([]);
  });

  it("fails with what the plugin throws, with a child, and with a plugin that does not start", async () => {
    const failures: [string, pulumi.Inputs, string][] = [
      ["shop:index:Broken", {}, 'error: shop:index:Broken "it": broken on purpose'],
      [
        "shop:index:Counter",
        { size: 1, type: "gcp:storage/bucket:Bucket" },
        'gcp:storage/bucket:Bucket (it-child): error: the local run serves the AWS provider only; resource type gcp:storage/bucket:Bucket needs the provider "gcp"',
      ],
      [
        "crashing:index:Any",
        {},
        'error: crashing:index:Any "it": the plugin ended before it served: cannot start today\n',
      ],
    ];
    for (const [type, args, message] of failures) {
      const run = await up(testHost(), () => {
        new Remote(type, "it", args);
      });
      expect(run.succeeded, type).to.equal(false);
      expect(errorsOf(run)[0], type).to.equal(message);
    }
  });
});
