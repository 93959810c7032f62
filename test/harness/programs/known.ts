import type { Output } from "@pulumi/pulumi";

/** What an Output holds, once it is known. */
export function known<T>(output: Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });
}
