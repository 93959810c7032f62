import type { TestRun } from "./localRun.ts";

export type Answer = { readonly status: number; readonly body: unknown };

/** Calls the console's API as its page does. */
export type ConsoleClient = {
  get(path: string, query?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
};

export function consoleClient({ run }: TestRun): ConsoleClient {
  const at = (path: string) => `${run.url}/_fanout/api/${path}`;
  return {
    get: async (path, query = {}) =>
      read(await fetch(`${at(path)}?${new URLSearchParams(query).toString()}`)),
    post: async (path, body, headers = { "content-type": "application/json" }) =>
      read(await fetch(at(path), { method: "POST", headers, body: JSON.stringify(body) })),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
