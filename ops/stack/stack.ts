import { didYouMean } from "../../components/validation/nearest.ts";
import { WrongUse } from "../problems.ts";
import type { Clients } from "./clients.ts";
import type { Consumer, System } from "./outputs.ts";

/** What the tool works on: the systems of a local run or of a deployed stack, and clients for them. */
export class Stack {
  readonly systems: readonly System[];
  readonly clients: Clients;
  /** The endpoint of the local run; undefined for a deployed stack. */
  readonly localUrl: string | undefined;

  constructor(options: {
    readonly systems: readonly System[];
    readonly clients: Clients;
    readonly localUrl?: string;
  }) {
    this.systems = options.systems;
    this.clients = options.clients;
    this.localUrl = options.localUrl;
  }

  /** @throws WrongUse that names the nearest system */
  system(name: string): System {
    const found = this.systems.find((system) => system.name === name);
    if (found !== undefined) return found;
    throw unknown("system", name, this.systems);
  }

  /** @throws WrongUse that names the nearest consumer */
  consumer(name: string): Consumer {
    const consumers = this.systems.flatMap((system) => system.consumers);
    const found = consumers.find((consumer) => consumer.name === name);
    if (found !== undefined) return found;
    throw unknown("consumer", name, consumers);
  }
}

function unknown(what: string, name: string, known: readonly { readonly name: string }[]) {
  const names = known.map((each) => each.name);
  const there = names.length === 0 ? "there is none" : `there is ${names.join(", ")}`;
  return new WrongUse(`there is no ${what} "${name}"${didYouMean(name, names) || `; ${there}`}`);
}
