import { Deployed } from "../programs/deployed.ts";
import type { Registration } from "../programs/registration.ts";
import { runStack } from "../programs/stack.ts";
import type { Attack } from "./attackers.ts";
import type { Hop } from "./hop.ts";
import { type IntendedHop, intendedHops } from "./intendedHops.ts";
import { PolicyWorld } from "./policyWorld.ts";
import { actions, namesFor } from "./targets.ts";

/** One system among all systems of a stack: what it is to be able to do, and who may try what else. */
export type AttackedSystem = {
  readonly world: PolicyWorld;
  /** All systems. */
  readonly deployed: Deployed;
  /** The hops of this system. */
  readonly hops: readonly IntendedHop[];
  /** What can be attacked of this system. */
  readonly targets: readonly Registration[];
  /** Every attack on every target, by actions of a kind, without what some system is meant to do. */
  readonly attacks: (
    kind: "use" | "administer",
    attackers: readonly Attack[],
    types?: readonly string[],
  ) => Hop[];
};

export async function attackedSystem(
  stack: "dev" | "prod",
  system: string,
): Promise<AttackedSystem> {
  const all = await wholeStack(stack);
  const own = new Set(
    (await runStack(stack, { systems: [system] })).registrations.map(({ urn }) => urn),
  );
  const ours = all.deployed.all.filter(({ urn }) => own.has(urn));
  const targets = ours.filter(({ type }) => type in actions);
  const { world, deployed, objectKeys } = all;
  return {
    world,
    deployed,
    hops: intendedHops(ours, deployed, objectKeys),
    targets,
    attacks: (kind, attackers, types) =>
      targets
        .filter(({ type }) => types?.includes(type) ?? true)
        .flatMap((target) => tries(target, kind, objectKeys))
        .flatMap(({ action, name }) => attackers.map((attack) => attack(action, name)))
        .filter((hop) => !all.isMeant(hop)),
  };
}

function tries(target: Registration, kind: "use" | "administer", objectKeys: readonly string[]) {
  return (actions[target.type]?.[kind] ?? []).flatMap((action) =>
    namesFor(target, action, objectKeys).map((name) => ({ action, name })),
  );
}

type WholeStack = {
  readonly world: PolicyWorld;
  readonly deployed: Deployed;
  readonly objectKeys: readonly string[];
  readonly isMeant: (hop: Hop) => boolean;
};

const wholeStacks = new Map<string, Promise<WholeStack>>();

function wholeStack(stack: "dev" | "prod"): Promise<WholeStack> {
  const known = wholeStacks.get(stack);
  if (known !== undefined) return known;
  const started = deployAll(stack);
  wholeStacks.set(stack, started);
  return started;
}

async function deployAll(stack: "dev" | "prod"): Promise<WholeStack> {
  const { registrations } = await runStack(stack);
  const deployed = new Deployed(registrations);
  const world = new PolicyWorld(registrations);
  const { objectKeys } = world;
  const meant = Map.groupBy(
    intendedHops(registrations, deployed, objectKeys).flatMap(({ anyOf }) => anyOf),
    callOf,
  );
  return {
    world,
    deployed,
    objectKeys,
    isMeant: (hop) => (meant.get(callOf(hop)) ?? []).some((each) => sameSource(each, hop)),
  };
}

function callOf({ principal, action, resource }: Hop): string {
  const who = principal.kind === "service" ? principal.name : JSON.stringify(principal);
  return [who, action, resource].join(" ");
}

/** A hop that is meant for whatever source has none. What a key is used for is no part of its source. */
function sameSource(meant: Hop, { context }: Hop): boolean {
  return Object.entries(meant.context)
    .filter(([key]) => key.startsWith("aws:Source"))
    .every(([key, value]) => context[key] === value);
}
