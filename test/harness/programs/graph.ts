import { expect } from "chai";
import type { ProgramRun } from "./program.ts";
import type { Registration } from "./registration.ts";

/** Looking things up among what a program registered. */

/** The one resource of a type and name; fails when there is none, or more than one. */
export function resource(run: ProgramRun<unknown>, type: string, name: string): Registration {
  const found = run.registrations.filter((each) => each.type === type && each.name === name);
  expect(found, `${type} ${name}`).to.have.lengthOf(1);
  const [only] = found;
  if (only === undefined) throw new Error(`no ${type} ${name}`);
  return only;
}

/** The one subscription of an endpoint. */
export function subscriptionTo(run: ProgramRun<unknown>, endpoint: unknown): Registration {
  const type = "aws:sns/topicSubscription:TopicSubscription";
  const found = run.registrations.find(
    (each) => each.type === type && each.inputs.endpoint === endpoint,
  );
  if (found === undefined) throw new Error(`no subscription of ${String(endpoint)}`);
  return found;
}

/** Names of all resources of a type, sorted. */
export function namesOf(run: ProgramRun<unknown>, type: string): string[] {
  return run.registrations
    .filter((each) => each.type === type)
    .map((each) => each.name)
    .sort();
}

/** How many resources there are of each type. */
export function counts(run: ProgramRun<unknown>): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { type } of run.registrations) result[type] = (result[type] ?? 0) + 1;
  return result;
}

/** An input that holds JSON, read. */
export function json(registration: Registration, input: string): unknown {
  const value = registration.inputs[input];
  if (typeof value !== "string") throw new Error(`${registration.urn}: ${input} is not a text`);
  return JSON.parse(value);
}

/** Whether a resource waits for another one, directly or through others. */
export function waitsFor(
  run: Pick<ProgramRun<unknown>, "registrations">,
  later: Registration,
  earlier: Registration,
): boolean {
  const byUrn = new Map(run.registrations.map((each) => [each.urn, each]));
  const seen = new Set<string>();
  const open = [...later.dependencies];
  for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
    if (urn === earlier.urn) return true;
    if (!seen.has(urn)) open.push(...(byUrn.get(urn)?.dependencies ?? []));
    seen.add(urn);
  }
  return false;
}
