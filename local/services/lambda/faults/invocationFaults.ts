import { type ActiveFault, Faults } from "../../../faults.ts";
import { qualifiedArn } from "../functionArn.ts";
import type { FaultsOfInvocation, InvocationFault } from "./invocationFault.ts";

/** The faults of all functions. */
export class InvocationFaults extends Faults<InvocationFault> {
  constructor() {
    super("invocation");
  }

  isPaused(functionArn: string): boolean {
    return this.#of(functionArn, "pause").length > 0;
  }

  /** Takes what the function's next invocation suffers: of each kind the first fault, which counts one effect. */
  take(functionArn: string): FaultsOfInvocation {
    if (this.#hitFirst(functionArn, "throttle")) return { throttled: true, delaySeconds: 0 };
    const delay = this.#hitFirst(functionArn, "delay");
    const error = this.#hitFirst(functionArn, "error");
    return {
      throttled: false,
      delaySeconds: delay?.seconds ?? 0,
      ...(error !== undefined && { error }),
    };
  }

  #hitFirst<Kind extends InvocationFault["kind"]>(functionArn: string, kind: Kind) {
    const [first] = this.#of(functionArn, kind);
    if (first !== undefined) this.hit(first);
    return first?.fault;
  }

  #of<Kind extends InvocationFault["kind"]>(functionArn: string, kind: Kind) {
    // A function is called by its versions and aliases, too.
    const { arn } = qualifiedArn(functionArn);
    return this.list().filter(
      (active): active is ActiveFault<InvocationFault & { readonly kind: Kind }> =>
        active.fault.functionArn === arn && active.fault.kind === kind,
    );
  }
}
