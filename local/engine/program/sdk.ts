import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import type * as settings from "@pulumi/pulumi/runtime/settings.js";
import type { Client } from "./directClient.ts";

/** Loads a module of a program: its `require`. */
export type Require = (id: string) => unknown;

/** The parts of Pulumi's SDK that run a program: of the copy that the program loads, which may be another than ours. */
export type Sdk = {
  readonly runtime: typeof pulumi.runtime;
  readonly settings: typeof settings;
  readonly state: SdkState;
  /** Whether it is the copy that this package loads. */
  readonly isOwn: boolean;
};

/** The SDK's state, of which the Automation API gives each run one of its own. The declarations leave it out. */
type SdkState = {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
  getStore(): { readonly settings: { monitor?: Client; engine?: Client } };
};

const own = createRequire(import.meta.url);

/**
 * @param load of the program. @default that of this package
 * @throws Error when the program cannot load the SDK
 */
export function loadSdk(load: Require = own): Sdk {
  const { runtime } = load("@pulumi/pulumi") as typeof pulumi;
  const state = load("@pulumi/pulumi/runtime/state") as SdkState;
  return {
    runtime,
    state,
    settings: load("@pulumi/pulumi/runtime/settings") as typeof settings,
    isOwn: state === own("@pulumi/pulumi/runtime/state"),
  };
}
