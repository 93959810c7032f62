import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import type * as settings from "@pulumi/pulumi/runtime/settings.js";
import type { Client } from "./directClient.ts";

/** Node's `require`, or that of a test runner. */
export type Require = {
  (id: string): unknown;
  resolve(id: string, options: { readonly paths: string[] }): string;
};

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
 * @param directory whose packages come before this package's. @default none
 * @param load loads the modules of the program. @default Node's
 */
export function loadSdk(directory?: string, load: Require = own): Sdk {
  const { dirname } = import.meta;
  const paths = directory === undefined ? [dirname] : [directory, dirname];
  const find = (id: string) => load(load.resolve(id, { paths }));
  const { runtime } = find("@pulumi/pulumi") as typeof pulumi;
  const state = find("@pulumi/pulumi/runtime/state") as SdkState;
  return {
    runtime,
    state,
    settings: find("@pulumi/pulumi/runtime/settings") as typeof settings,
    isOwn: state === own("@pulumi/pulumi/runtime/state"),
  };
}
