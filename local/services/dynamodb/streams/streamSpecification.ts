import { validationError } from "../dynamoError.ts";
import { member } from "../inputShape.ts";
import type { StreamViewType } from "../interface.ts";
import { isView } from "./streamSettings.ts";

/** What a call does with a table's stream: begins one with this view, or ends it. */
export type StreamChange = { readonly view: StreamViewType | undefined };

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html
 *
 * @returns undefined if the call does not concern the stream
 * @throws AwsError ValidationException
 */
export function readStreamSpecification(specification: unknown): StreamChange | undefined {
  if (specification === undefined) return undefined;
  const enabled = member(specification, "StreamEnabled");
  const view = member(specification, "StreamViewType");
  if (typeof enabled !== "boolean") {
    throw validationError(
      "1 validation error detected: Value null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member must not be null",
    );
  }
  if (!enabled && view === undefined) return { view: undefined };
  if (!enabled) {
    throw invalid("When StreamEnabled is false, StreamViewType must not be specified");
  }
  if (view === undefined) {
    throw invalid("If stream is being enabled then UpdateViewType is required");
  }
  if (isView(view)) return { view };
  throw validationError(
    `1 validation error detected: Value '${view}' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]`,
  );
}

function invalid(problem: string) {
  return validationError(`One or more parameter values were invalid: ${problem}`);
}
