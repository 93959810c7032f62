import type { Database } from "dynalite/db/index.js";
import { validationError } from "./dynamoError.ts";
import type { Engine, Input, Output } from "./engine.ts";
import { member } from "./inputShape.ts";

/**
 * Stores which attribute of a table holds the expiry of items. AWS deletes expired items within a few days;
 * the local cloud never does, which makes no difference to a program that is correct on AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export class TimeToLive {
  readonly #engine: Engine;
  readonly #database: Database;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#database = engine.store.db;
  }

  /** @throws AwsError ValidationException, ResourceNotFoundException */
  async update(input: Input): Promise<Output> {
    const { TableName } = await this.#engine.definition(String(input.TableName));
    const specification = input.TimeToLiveSpecification;
    const attribute = member(specification, "AttributeName");
    const enabled = member(specification, "Enabled");
    if (typeof attribute !== "string" || attribute === "" || typeof enabled !== "boolean") {
      throw validationError("TimeToLiveSpecification needs AttributeName and Enabled");
    }
    const current = await this.#attribute(TableName);
    if (enabled === (current !== undefined)) {
      throw validationError(`TimeToLive is already ${enabled ? "enabled" : "disabled"}`);
    }
    if (!enabled && attribute !== current) {
      throw validationError(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
      );
    }
    const key = keyFor(TableName);
    await this.#database.batch([
      enabled ? { type: "put", key, value: attribute } : { type: "del", key },
    ]);
    return { TimeToLiveSpecification: specification };
  }

  /** @throws AwsError ResourceNotFoundException */
  async describe(input: Input): Promise<Output> {
    const { TableName } = await this.#engine.definition(String(input.TableName));
    const attribute = await this.#attribute(TableName);
    const description =
      attribute === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: attribute };
    return { TimeToLiveDescription: description };
  }

  async #attribute(table: string): Promise<string | undefined> {
    const attribute = await this.#database.get(keyFor(table));
    return typeof attribute === "string" ? attribute : undefined;
  }
}

/** The key under which a table's attribute is kept. */
export function keyFor(table: string): string {
  return `timeToLive~${table}`;
}
