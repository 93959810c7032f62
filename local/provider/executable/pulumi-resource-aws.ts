#!/usr/bin/env node
/**
 * What Pulumi's engine starts in place of the AWS provider, when it finds it on PATH. The provider itself is
 * in the local cloud's process, at FANOUT_ENDPOINT (by default http://127.0.0.1:4566): this asks it for a
 * port, prints the port as a plugin has to, and stays until the engine ends it.
 */
const endpoint = process.env.FANOUT_ENDPOINT ?? "http://127.0.0.1:4566";

/** How long a timer can be. */
const forever = 2 ** 31 - 1;

try {
  const response = await fetch(new URL("/_fanout/provider", endpoint), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ directory: process.cwd() }),
  });
  if (!response.ok) throw new Error(`it answers ${response.status}: ${await response.text()}`);
  const answer: { readonly port: number } = JSON.parse(await response.text());
  console.log(answer.port);
  setInterval(() => {}, forever);
} catch (error) {
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  console.error(
    `pulumi-resource-aws: there is no local cloud at ${endpoint} (${reason}): start one with "fanout start --empty", run Pulumi as "fanout pulumi", or set FANOUT_ENDPOINT`,
  );
  process.exitCode = 1;
}
