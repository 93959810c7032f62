import * as pulumi from "@pulumi/pulumi";

/**
 * A value for each run of a program: tests run several in one process. Outside of a stack, as in unit tests
 * without an engine, nothing is remembered.
 */
export class PerStack<T> {
  readonly #byStack = new WeakMap<object, T>();
  readonly #create: () => T;

  constructor(create: () => T) {
    this.#create = create;
  }

  get(): T {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined) return this.#create();
    const value = this.#byStack.get(stack) ?? this.#create();
    this.#byStack.set(stack, value);
    return value;
  }
}
