import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as v from "valibot";
import { parse } from "yaml";

const file = ".github/actions/pulumi/action.yml";
const text = readFileSync(file, "utf8");

const action = v.parse(
  v.object({
    inputs: v.record(v.string(), v.object({ description: v.string(), required: v.boolean() })),
    runs: v.object({
      using: v.literal("composite"),
      steps: v.array(
        v.looseObject({
          uses: v.optional(v.string()),
          run: v.optional(v.string()),
          shell: v.optional(v.string()),
          with: v.optional(v.record(v.string(), v.unknown()), {}),
        }),
      ),
    }),
  }),
  parse(text),
);

const step = v.looseObject({
  uses: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown()), {}),
});

const workflow = v.object({
  jobs: v.record(v.string(), v.object({ steps: v.optional(v.array(step), []) })),
});

/** Jobs of workflows that use the action, with what they hand it. */
const uses = ["pull-request", "deploy"].flatMap((name) => {
  const { jobs } = v.parse(workflow, parse(readFileSync(`.github/workflows/${name}.yml`, "utf8")));
  return Object.entries(jobs).flatMap(([job, { steps }]) =>
    steps
      .filter((each) => each.uses === "./.github/actions/pulumi")
      .map((each) => ({ job: `${name}: ${job}`, given: Object.keys(each.with) })),
  );
});

describe("the action that runs Pulumi", () => {
  it("uses every input that it declares", () => {
    const used = [...text.matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)]).to.have.members(Object.keys(action.inputs));
  });

  it("names a shell for every run step, as composite actions require", () => {
    for (const { run, shell } of action.runs.steps) {
      if (run !== undefined) expect(shell, run).to.equal("bash");
    }
  });

  it("receives exactly its inputs from every job", () => {
    const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required);
    expect(uses.map(({ job }) => job)).to.deep.equal([
      "pull-request: preview",
      "deploy: dev",
      "deploy: prod",
    ]);
    for (const { job, given } of uses) {
      expect(given, job).to.include.members(required);
      expect(Object.keys(action.inputs), job).to.include.members(given);
    }
  });

  it("comments on previews only", () => {
    const pulumi = action.runs.steps.find(({ uses: name }) => name?.startsWith("pulumi/actions@"));
    expect(pulumi?.with["comment-on-pr"]).to.equal("$" + "{{ inputs.command == 'preview' }}");
  });
});
