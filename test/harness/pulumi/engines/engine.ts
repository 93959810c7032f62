import path from "node:path";
import { isDefaultProvider, parseUrn, stackType } from "../../../../local/pulumi/urn.ts";

/** What a program does: registers resources, and returns the stack's outputs. */
export type Program = () => unknown;

/** An engine with a provider of test resources and the state of one stack. */
export interface Engine extends AsyncDisposable {
  run(program: Program, options?: RunOptions): Promise<EngineRun>;
}

export type RunOptions = {
  /** @default false */
  readonly preview?: boolean;
  /** Of the stack, by full key. @default none */
  readonly config?: Readonly<Record<string, unknown>>;
};

export type EngineRun = {
  readonly succeeded: boolean;
  /** What was done, in the order in which it was done: `create queue`. */
  readonly steps: readonly string[];
  /** What the provider of the test resources was asked to make, change or delete: `create queue`. */
  readonly calls: readonly string[];
  /** Errors and warnings, without the names of the resources. */
  readonly diagnostics: readonly string[];
  readonly state: readonly StateEntry[];
};

/** What an engine keeps of a resource, in one form for both engines. */
export type StateEntry = {
  readonly urn: string;
  readonly custom: boolean;
  readonly external: boolean;
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URN of the provider; "" for components and providers. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  readonly importId: string;
  readonly pendingDelete: boolean;
  readonly pendingReplacement: boolean;
};

export const organization = "organization";
export const project = "shop";
export const stack = "dev";

/** `create queue` */
export function stepText(operation: string, urn: string): string {
  return `${operation} ${urn.slice(urn.lastIndexOf("::") + 2)}`;
}

/**
 * Whether the engine registers the resource itself: a default provider, which the embedded engine does not
 * report, or the stack, which the real engine reports at the end.
 */
export function isOwn(urn: string): boolean {
  return isDefaultProvider(urn) || parseUrn(urn).type === stackType;
}

/**
 * A file or an archive by its last name, which holds a hash of its contents where the program bundles it:
 * the engines hash assets in their own ways, and only the embedded one makes their paths absolute.
 */
export function shownAsset(file: string): string {
  return `<asset ${path.basename(file)}>`;
}

/** Lists of dependencies that name any. */
export function withoutEmpty(
  lists: Readonly<Record<string, readonly string[] | null | undefined>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, urns]) =>
      urns?.length ? [[name, urns.toSorted()]] : [],
    ),
  );
}

/** The order in which an engine saves resources that do not depend on each other is left to chance. */
export function inOrder(entries: readonly StateEntry[]): StateEntry[] {
  const keyOf = ({ urn, pendingDelete }: StateEntry) => `${urn} ${pendingDelete}`;
  return entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
