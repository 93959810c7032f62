import * as pulumi from "@pulumi/pulumi";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { withoutPropertyPromises, withPropertyPromises } from "./propertyPromises.ts";

/**
 * Pulumi's runtime captures and formats a stack trace for every promise that it creates, about 80 for each
 * resource, to print them if PULUMI_DEBUG_PROMISE_LEAKS is set. In a large topic they account for two thirds
 * of the time and a fifth of the memory. This module creates resources without them, but with positions in
 * errors.
 */

/** The usual `Error.stackTraceLimit`, set only inside `withoutPromiseTraces`. */
let usualLimit: number | undefined;

/**
 * Creates children of a component without stack traces for promises, and without promises for properties
 * that nothing uses. An error without a position, thrown by
 * `create` or by the registration of a child, receives the position at which the component was created.
 *
 * Code of the user has to be wrapped by `withTraces`. Legacy transformations cannot be wrapped: a component
 * that has any keeps all stack traces.
 *
 * @returns what `create` returns
 */
export function withoutPromiseTraces<T>(component: pulumi.ComponentResource, create: () => T): T {
  if (tracesAreNeeded(component)) return create();
  const site = new Error();
  usualLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return withoutPropertyPromises(create);
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

/** Wraps a function so that it has the usual stack traces inside `withoutPromiseTraces`. */
export function withTraces<Args extends unknown[], T>(
  run: (...args: Args) => T,
): (...args: Args) => T {
  return (...args) => {
    if (usualLimit === undefined) return run(...args);
    Error.stackTraceLimit = usualLimit;
    try {
      return withPropertyPromises(() => run(...args));
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

/** Pulumi shows only the message of a RunError. */
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

/** Observes the registration of a resource, whose promise is not in Pulumi's declarations, without handling its failure. */
function onFailure({ urn }: pulumi.Resource, notice: (error: unknown) => void): void {
  if (!("promise" in urn) || typeof urn.promise !== "function") return;
  const known: unknown = urn.promise();
  if (known instanceof Promise) known.catch(notice);
}
