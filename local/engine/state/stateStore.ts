import type { ResourceState } from "./resourceState.ts";

/** Keeps the resources of one stack from run to run. What is saved holds even if the run fails later. */
export interface StateStore {
  /** In the order in which they were first saved. */
  load(): readonly ResourceState[];
  /** Adds a resource, or replaces the one with the same key. */
  save(resource: ResourceState): void;
  remove(key: string): void;
}

/** Keeps resources as long as this object. */
export class MemoryStateStore implements StateStore {
  readonly #resources = new Map<string, ResourceState>();

  load(): readonly ResourceState[] {
    return [...this.#resources.values()];
  }

  save(resource: ResourceState): void {
    this.#resources.set(resource.key, resource);
  }

  remove(key: string): void {
    this.#resources.delete(key);
  }
}
