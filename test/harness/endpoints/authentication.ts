import { owner } from "../../../local/protocol/access.ts";
import type { Authentication } from "../../../local/protocol/authentication/authenticate.ts";

/** Knows the account's owner alone, by the machine's clock. */
export const ownerOnly: Authentication = {
  accessKey: (id) => (id === "test" ? { secretAccessKey: id, principal: owner } : undefined),
  region: "eu-west-1",
  clocks: () => ({ cloud: Date.now(), machine: Date.now() }),
};
