import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { createdState, existingState } from "../../../testing/awsState.ts";

/** The account that all of a program's resources are in. */
export const ownAccount = "123456789012";

const place = { account: ownAccount, region: "eu-west-1" };

/** Plain values, by property. */
export type State = Record<string, JavaScriptValue>;

type Mocked = { id: string; state: State };

/** What AWS would answer for a new resource: its id and its outputs. In a preview only the inputs are known. */
export function mockedResource(
  type: string,
  name: string,
  inputs: Readonly<State>,
  preview: boolean,
): Mocked {
  return preview ? { id: "", state: { ...inputs } } : createdState(place, type, name, inputs);
}

/** What AWS would answer for a resource that is there, by its id: its name, or an ARN that ends with it. */
export function existingResource(type: string, id: string): Mocked {
  return existingState(place, type, id);
}
