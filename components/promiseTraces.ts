import * as pulumi from "@pulumi/pulumi";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable.js";

/**
 * Pulumi's runtime takes and formats a stack trace for every promise that it makes, about 80 for each
 * resource, to print them when PULUMI_DEBUG_PROMISE_LEAKS is set. In a large topic they are two thirds of
 * the time and a fifth of the memory. This module creates resources without them, and keeps the
 * positions in errors.
 */

/** `Error.stackTraceLimit` outside `withoutPromiseTraces`, while inside. */
let usualLimit: number | undefined;

/**
 * Creates children of a component without stack traces for promises. An error without a position that
 * is thrown meanwhile, or that the registration of a child ends with, gets the position at which the
 * component was created.
 *
 * Code of the user that runs inside goes through `withTraces`. Legacy transformations cannot, so a
 * component that has any keeps every stack trace.
 *
 * @returns what `create` returns
 */
export function withoutPromiseTraces<T>(component: pulumi.ComponentResource, create: () => T): T {
  if (tracesAreNeeded(component)) return create();
  const site = new Error();
  usualLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return create();
  } catch (error) {
    addPosition(error, site);
    throw error;
  } finally {
    Error.stackTraceLimit = usualLimit;
    usualLimit = undefined;
    for (const child of descendants(component))
      onFailure(child, (error) => addPosition(error, site));
  }
}

/** A function that runs with usual stack traces, also when it is called by `withoutPromiseTraces`. */
export function withTraces<Args extends unknown[], T>(
  run: (...args: Args) => T,
): (...args: Args) => T {
  return (...args) => {
    if (usualLimit === undefined) return run(...args);
    Error.stackTraceLimit = usualLimit;
    try {
      return run(...args);
    } finally {
      Error.stackTraceLimit = 0;
    }
  };
}

function tracesAreNeeded(component: pulumi.ComponentResource): boolean {
  if ("debugPromiseLeaks" in debuggable && debuggable.debugPromiseLeaks === true) return true;
  const nested = usualLimit !== undefined;
  const transformed =
    "__transformations" in component &&
    Array.isArray(component.__transformations) &&
    component.__transformations.length > 0;
  return nested || transformed;
}

/** Pulumi shows the message alone of errors of its own that hide their stack. */
function addPosition(error: unknown, site: Error): void {
  const hidesStack = pulumi.RunError.isInstance(error);
  if (hidesStack || !(error instanceof Error)) return;
  const hasPosition = /\n\s+at /.test(error.stack ?? "");
  const [, ...frames] = (site.stack ?? "").split("\n");
  if (!hasPosition) error.stack = [`${error.name}: ${error.message}`, ...frames].join("\n");
}

function* descendants(resource: pulumi.Resource): Generator<pulumi.Resource> {
  if (!("__childResources" in resource && resource.__childResources instanceof Set)) return;
  for (const child of resource.__childResources) {
    yield child;
    yield* descendants(child);
  }
}

/** The promise behind an Output is not in Pulumi's declarations. Its failure stays unhandled for others. */
function onFailure({ urn }: pulumi.Resource, notice: (error: unknown) => void): void {
  if (!("promise" in urn) || typeof urn.promise !== "function") return;
  const known: unknown = urn.promise();
  if (known instanceof Promise) known.catch(notice);
}
