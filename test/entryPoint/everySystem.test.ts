import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { type EntryPointRun, runEntryPoint } from "../harness/engine/entryPoint.ts";
import { waitsFor } from "../harness/programs/graph.ts";
import { type Registration, stackType } from "../harness/programs/registration.ts";
import { requiredOrder } from "../harness/programs/requiredOrder.ts";

/** Warnings that a deployment of all systems is to say: each is about something that AWS does later. */
const meantWarnings = [
  /: fifo\.archiveDays: AWS does not delete a topic with an archive; /,
  /: the owner of \S+ has to confirm the subscription within two days, /,
];

type Runs = { readonly up: EntryPointRun; readonly preview: EntryPointRun };

/** Each run once, all at the same time, however many tests look at it. */
const runs = new Map<string, Promise<Runs>>();

function runsOf(stack: string): Promise<Runs> {
  const known = runs.get(stack);
  if (known !== undefined) return known;
  const started = bothRuns(stack);
  runs.set(stack, started);
  return started;
}

async function bothRuns(stack: string): Promise<Runs> {
  const [up, preview] = await Promise.all([
    runEntryPoint({ stack }),
    runEntryPoint({ stack, preview: true }),
  ]);
  return { up, preview };
}

describe("the program with all systems, as pulumi starts it", () => {
  before(() => Promise.all(["dev", "prod"].map(runsOf)));

  for (const stack of ["dev", "prod"] as const) {
    for (const mode of ["up", "preview"] as const) {
      describe(`${stack}, ${mode}`, () => {
        let run: EntryPointRun;
        before(async () => {
          run = (await runsOf(stack))[mode];
        });

        it("succeeds, prints nothing, requests nothing invalid, and warns only of what is intended", () => {
          expect(run.log.filter(({ message }) => !isMeant(message))).to.deep.equal([]);
          expect(run.log.filter(({ severity }) => severity !== "warning")).to.deep.equal([]);
          expect(run.stdout + run.stderr).to.equal("");
          expect(run.succeeded).to.equal(true);
        });

        it("has a parent for every resource, up to the stack, and completes every component", () => {
          const byUrn = new Map(run.registrations.map((each) => [each.urn, each]));
          for (const each of run.registrations) {
            expect(rootOf(each, byUrn).type, each.urn).to.equal(stackType);
          }
          const components = run.registrations.filter(({ type }) => !type.startsWith("aws:"));
          expect([...run.outputs.keys()].sort()).to.deep.equal(
            components.map(({ urn }) => urn).sort(),
          );
        });

        it("has every system in the stack's outputs", () => {
          const stackUrn = run.registrations.find(({ type }) => type === stackType)?.urn ?? "";
          const { systems } = run.outputs.get(stackUrn) ?? {};
          expect(systems).to.have.all.keys(...systemNames);
        });

        it(`${stack === "prod" ? "protects" : "does not protect"} what stores data`, () => {
          const stores = run.registrations.filter(({ type }) =>
            ["aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"].includes(type),
          );
          expect(stores).not.to.be.empty;
          for (const { urn, protect } of stores) expect(protect, urn).to.equal(stack === "prod");
        });
      });
    }

    describe(`${stack}, preview and up`, () => {
      it("register the same resources, with the same parents and dependencies", async () => {
        const { up, preview } = await runsOf(stack);
        expect(outline(preview)).to.deep.equal(outline(up));
      });

      it("creates what AWS validates after what the validation needs", async () => {
        const { up } = await runsOf(stack);
        const pairs = requiredOrder(up.registrations);
        expect(pairs.map(({ what }) => what)).to.include.members([
          "subscription after queue",
          "subscription after topic's policy",
          "notification after topic's policy",
          "mapping after role's policy",
        ]);
        for (const { what, later, earlier } of pairs) {
          const sentence = `${what}: ${later.urn} after ${earlier.urn}`;
          expect(waitsFor(up, later, earlier), sentence).to.equal(true);
        }
      });
    });
  }
});

function isMeant(message: string): boolean {
  return meantWarnings.some((pattern) => pattern.test(message));
}

function rootOf(each: Registration, byUrn: ReadonlyMap<string, Registration>): Registration {
  const parent = byUrn.get(each.parent);
  return parent === undefined ? each : rootOf(parent, byUrn);
}

/** What a deployment's plan consists of, but for what is not known before. */
function outline({ registrations }: EntryPointRun): object[] {
  return registrations
    .map(({ urn, parent, protect, dependencies }) => ({
      urn,
      parent,
      protect,
      dependencies: [...dependencies].sort(),
    }))
    .sort((a, b) => a.urn.localeCompare(b.urn));
}
