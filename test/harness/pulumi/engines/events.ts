import { readFile } from "node:fs/promises";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { isOwn, stepText } from "./engine.ts";

/** Reads what the CLI has written into its event log. */
export async function readEvents(file: string): Promise<EngineEvent[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line): EngineEvent => JSON.parse(line));
}

/**
 * The steps that concern the program's own resources, in the order in which they began: the engine reports
 * that a component is done only when its outputs are registered. A replacement is reported twice, as a whole
 * and as the creation of the new resource.
 */
export function stepsOf(events: readonly EngineEvent[]): string[] {
  const failed = new Set(
    events.flatMap(({ resOpFailedEvent }) =>
      resOpFailedEvent === undefined ? [] : [textOf(resOpFailedEvent.metadata)],
    ),
  );
  return events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn } = resourcePreEvent.metadata;
    const text = textOf({ op, urn });
    return isOwn(urn) || op === "replace" || failed.has(text) ? [] : [text];
  });
}

function textOf({ op, urn }: { readonly op: string; readonly urn: string }): string {
  return stepText(op, urn);
}

/** Errors and warnings, without the names of the resources and without what only the CLI knows. */
export function diagnosticsOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (diagnosticEvent === undefined || diagnosticEvent.ephemeral === true) return [];
    const { prefix = "", message, severity } = diagnosticEvent;
    const text = `${prefix}${message}`.replace(/<\{%[a-z]+%\}>/g, "").trimEnd();
    // The CLI's own remedies, and what the SDK repeats of a program in its own process, are left out.
    const same = text
      .replace("error: Preview failed: ", "error: ")
      .replace("error: an unhandled error occurred: ", "error: ")
      .replace("either remove the `protect` flag", "remove the `protect` flag")
      .replace(
        /run `pulumi up`(, or use the command:\n`pulumi state unprotect '.*'`)?/,
        "run it again",
      );
    const isOther =
      severity === "info#err" ||
      /^(debug: |error: (update|preview) failed|error: Unhandled)/.test(text);
    return isOther ? [] : [same];
  });
}
