import { systemNames } from "../../systems/index.ts";
import { Checkout } from "../../test/harness/pulumi/checkout.ts";
import { pulumiVersion } from "../../test/harness/pulumi/cli.ts";
import { median } from "../graph/measure.ts";
import { withoutOptions } from "../withoutOptions.ts";

const rounds = 3;

const usage = `npm run bench:pulumi

Measures the real engine's preview, up and state, with a stand-in for the AWS provider, next to the same
resources without components. Interleaved, medians of ${rounds} rounds. Needs the Pulumi CLI on PATH. Takes
half an hour. Nothing is asserted.
`;

type Scenario = { readonly name: string; readonly settings: Readonly<Record<string, unknown>> };

const scenarios: readonly Scenario[] = [
  { name: "dev", settings: {} },
  {
    name: "dev, alarms and dashboards",
    settings: { "fanout:alarms": true, "fanout:dashboards": true },
  },
  { name: `all ${systemNames.length} systems`, settings: { "fanout:systems": [...systemNames] } },
];

type Variant = "components" | "flat";
const programs: Readonly<Record<Variant, string>> = {
  components: "index.ts",
  flat: "bench/pulumi/flatProgram.ts",
};
const variants = ["components", "flat"] as const;

/** Seconds by operation, whole processes, and what the deployment is at its end. */
type Measured = {
  readonly create: number;
  readonly up: number;
  readonly unchanged: number;
  /** Of processors for the preview without changes, in the program's process alone. */
  readonly cpu: number;
  /** Of that process, in MiB. */
  readonly memory: number;
  readonly resources: number;
  readonly state: number;
};

/** `npm run bench:pulumi` */
async function main(): Promise<void> {
  withoutOptions(usage);
  const version = pulumiVersion();
  if (version === undefined) {
    console.log("bench:pulumi needs the Pulumi CLI, `pulumi`, on PATH: nothing is measured");
    return;
  }
  console.log(`Pulumi ${version}\n`);
  console.log(row("", "", "resources", "preview", "up", "no change", "program", "memory", "state"));
  for (const scenario of scenarios) await compare(scenario);
}

async function compare({ name, settings }: Scenario): Promise<void> {
  const checkouts = { components: await Checkout.create(), flat: await Checkout.create() };
  try {
    for (const checkout of Object.values(checkouts)) await checkout.configure("dev", settings);
    await checkouts.flat.run("bench/pulumi/record.ts", "dev");
    const measured = await measure(checkouts);
    for (const variant of variants) show(name, variant, measured[variant]);
    const ratio = (of: keyof Measured) =>
      `${(measured.components[of] / measured.flat[of]).toFixed(2)} x`;
    const keys = ["resources", "create", "up", "unchanged", "cpu", "memory", "state"] as const;
    console.log(row(name, "ratio", ...keys.map(ratio)));
  } finally {
    for (const checkout of Object.values(checkouts)) await checkout[Symbol.asyncDispose]();
  }
}

async function measure(
  checkouts: Readonly<Record<Variant, Checkout>>,
): Promise<Record<Variant, Measured>> {
  const create = await interleaved(checkouts, "preview", rounds);
  const up = await interleaved(checkouts, "up", 1);
  const unchanged = await interleaved(checkouts, "preview", rounds);
  const of = async (variant: Variant): Promise<Measured> => ({
    create: median(create[variant].map(({ seconds }) => seconds)),
    up: median(up[variant].map(({ seconds }) => seconds)),
    unchanged: median(unchanged[variant].map(({ seconds }) => seconds)),
    cpu: median(unchanged[variant].map(({ cpuSeconds }) => cpuSeconds)),
    memory: median(unchanged[variant].map(({ memory }) => memory)),
    resources: (await checkouts[variant].resources()).length,
    state: await checkouts[variant].stateSize(),
  });
  return { components: await of("components"), flat: await of("flat") };
}

async function interleaved(
  checkouts: Readonly<Record<Variant, Checkout>>,
  operation: "preview" | "up",
  times: number,
) {
  type Done = Awaited<ReturnType<Checkout["operate"]>>;
  const done: Record<Variant, Done[]> = { components: [], flat: [] };
  for (let round = 0; round < times; round++) {
    for (const variant of variants) {
      const program = programs[variant];
      done[variant].push(await checkouts[variant].operate(operation, { program }));
    }
  }
  return done;
}

function show(name: string, variant: Variant, measured: Measured): void {
  const seconds = [measured.create, measured.up, measured.unchanged, measured.cpu];
  console.log(
    row(
      name,
      variant,
      String(measured.resources),
      ...seconds.map((each) => `${each.toFixed(1)} s`),
      `${measured.memory.toFixed(0)} MiB`,
      `${(measured.state / 1e6).toFixed(2)} MB`,
    ),
  );
}

function row(name: string, variant: string, ...columns: readonly string[]): string {
  return name.padEnd(27) + variant.padEnd(12) + columns.map((each) => each.padStart(11)).join("");
}

await main();
