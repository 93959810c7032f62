import { parseArn } from "../../aws/arn.ts";
import { distance } from "../../aws/nearest.ts";
import { UsageError } from "../errors.ts";

/** Something that commands name, and what else it is called. */
export type Named = { readonly name: string; readonly aliases?: readonly string[] };

/**
 * Finds what a command names: by its name, or by another one that belongs to nothing else.
 *
 * @returns undefined where there is no such name
 * @throws UsageError if the name means several things
 */
export function findNamed<T extends Named>(known: readonly T[], name: string): T | undefined {
  const exact = known.find((each) => each.name === name);
  if (exact !== undefined) return exact;
  const [found, ...others] = known.filter(({ aliases = [] }) => aliases.includes(name));
  if (found === undefined || others.length === 0) return found;
  const meant = [found, ...others].map((each) => each.name).join(", ");
  throw new UsageError(`"${name}" may be any of ${meant}; give one of these names`);
}

/** The most names that an error lists. */
const mostListed = 12;
const mostNearest = 3;

/**
 * An error for a name that is not known: it suggests the nearest names, or lists all if they are few.
 *
 * @param what is looked for: `system`, `bucket`
 */
export function unknownName(what: string, name: string, known: readonly string[]): UsageError {
  return new UsageError(`there is no ${what} "${name}"${insteadOf(name, known)}`);
}

/** What there is instead of an unknown name, as the end of an error. */
export function insteadOf(name: string, known: readonly string[]): string {
  const names = [...new Set(known)];
  const near = nearest(name, names).map((each) => `"${each}"`);
  if (near.length > 0) {
    const last = near.at(-1);
    const meant = near.length === 1 ? last : `${near.slice(0, -1).join(", ")} or ${last}`;
    return `; did you mean ${meant}?`;
  }
  if (names.length === 0) return "; there are none";
  if (names.length <= mostListed) return `; available: ${names.join(", ")}`;
  const first = names.slice(0, mostListed).join(", ");
  return `; available: ${first}, and ${names.length - mostListed} more, which status lists`;
}

/** The most similar names, the nearest first. */
function nearest(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  return names
    .map((candidate) => ({ candidate, far: farness(wanted, plain(candidate)) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, mostNearest)
    .filter(({ far }, _, [best = { far }]) => far <= (best.far === 0 ? 0 : best.far + 1))
    .map(({ candidate }) => candidate);
}

/** How many letters differ; 0 for names that only differ in how they are written, 1 for a part of the other. */
function farness(wanted: string, candidate: string): number {
  if (wanted === candidate) return 0;
  if (wanted.length >= 3 && candidate.startsWith(wanted)) return 1;
  return distance(wanted, candidate);
}

/** `orders-billing` for `orders/billing`, `Orders_Billing`, `orders-billing.fifo` and its ARN. */
function plain(name: string): string {
  return withoutArn(name)
    .toLowerCase()
    .replace(/\.fifo$/, "")
    .replaceAll(/[^a-z0-9]+/g, "-");
}

function withoutArn(name: string): string {
  return parseArn(name)?.resource ?? name;
}

/** A name without the letters that Pulumi appends to make it unique, and without `.fifo`: `orders` for `orders-1a2b3c4.fifo`. */
export function logicalName(name: string): string {
  return name.replace(/\.fifo$/, "").replace(/-[0-9a-f]{7}$/, "");
}

/** Without those that are the name itself or nothing. */
export function aliasesOf(name: string, ...others: readonly (string | undefined)[]): string[] {
  const known = others.filter((each) => each !== undefined && each !== "" && each !== name);
  return [...new Set(known.filter((each) => each !== undefined))];
}
