export type ApiKey = { readonly value: string; readonly enabled: boolean };

/** What the keys of a plan open. */
export type UsagePlan = {
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
};

/**
 * Keys of REST APIs, and the plans that say which stages they open. Quotas and throttles of plans are not counted.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlans {
  readonly #keys = new Map<string, ApiKey>();
  readonly #plans = new Map<string, UsagePlan>();
  /** Ids of keys by that of their plan. */
  readonly #members = new Map<string, Set<string>>();

  hasKey(id: string): boolean {
    return this.#keys.has(id);
  }

  setKey(id: string, key: ApiKey): void {
    this.#keys.set(id, key);
  }

  removeKey(id: string): void {
    this.#keys.delete(id);
  }

  key(id: string): ApiKey | undefined {
    return this.#keys.get(id);
  }

  hasPlan(id: string): boolean {
    return this.#plans.has(id);
  }

  setPlan(id: string, plan: UsagePlan): void {
    this.#plans.set(id, plan);
  }

  removePlan(id: string): void {
    this.#plans.delete(id);
    this.#members.delete(id);
  }

  addMember(planId: string, keyId: string): void {
    const members = this.#members.get(planId) ?? new Set();
    this.#members.set(planId, members.add(keyId));
  }

  removeMember(planId: string, keyId: string): void {
    this.#members.get(planId)?.delete(keyId);
  }

  /** The id of the enabled key of that value that opens a stage; undefined when none does. */
  openedBy(value: string | undefined, apiId: string, stage: string): string | undefined {
    const [id] = [...this.#keys].find(([, key]) => key.enabled && key.value === value) ?? [];
    if (id === undefined) return undefined;
    const opens = [...this.#plans].some(
      ([planId, { stages }]) =>
        this.#members.get(planId)?.has(id) === true &&
        stages.some((each) => each.apiId === apiId && each.stage === stage),
    );
    return opens ? id : undefined;
  }
}
