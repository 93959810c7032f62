import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { bundleHandler } from "../../components/functions/bundle.ts";

/** What each handler needs of its function's environment. */
const handlers: Readonly<Record<string, readonly string[]>> = {
  "handlers/bookings/analytics.ts": ["BOOKINGS_TABLE", "COUNTS_TABLE", "IDEMPOTENCY_TABLE"],
  "handlers/bookings/frontDoor.ts": ["BOOKINGS_TABLE", "TOPIC_ARN"],
  "handlers/bookings/notifications.ts": ["BOOKINGS_TABLE", "IDEMPOTENCY_TABLE", "SENDER"],
  "handlers/bookings/payments.ts": ["BOOKINGS_TABLE", "CHARGES_TABLE"],
  "handlers/bookings/reservations.ts": ["BOOKINGS_TABLE", "NIGHTS_TABLE", "TOPIC_ARN"],
  "handlers/orders/billing.ts": ["INVOICES_BUCKET"],
  "handlers/orders/inventory.ts": ["INVENTORY_TABLE", "LEDGER_TABLE"],
  "handlers/orders/notification.ts": ["IDEMPOTENCY_TABLE", "SENDER"],
  "handlers/uploads/audit.ts": ["AUDIT_BUCKET"],
  "handlers/uploads/catalog.ts": ["CATALOG_TABLE"],
  "handlers/uploads/thumbnail.ts": ["THUMBNAILS_BUCKET"],
};

/** Bytes. Every one of them is read and compiled in a cold start. */
const mostBytes = 1_000_000;

describe("the handlers' bundles", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "fanout-bundles-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("are all named here", () => {
    const entries = globSync("handlers/**/*.ts").filter((file) =>
      readFileSync(file, "utf8").includes("export const handler "),
    );
    expect(entries.sort()).to.deep.equal(Object.keys(handlers));
  });

  for (const [entry, variables] of Object.entries(handlers)) {
    it(`load in plain Node with nothing but their environment: ${entry}`, async () => {
      const file = await writeBundle(entry);
      const values = Object.fromEntries(variables.map((name) => [name, "value"]));
      const [ready, bare] = await Promise.all([load(file, values), load(file, {})]);
      expect(ready).to.equal('{"handler":"function"}');
      expect(bare).to.contain(`Environment variables missing: ${variables.join(", ")}.`);
    });
  }

  async function writeBundle(entry: string): Promise<string> {
    const { assets } = await bundleHandler(entry).code;
    const [code] = Object.values(await assets);
    if (!(code instanceof pulumi.asset.StringAsset)) throw new Error(`${entry} is not one file`);
    const text = await code.text;
    expect(text.length).to.be.below(mostBytes);
    const file = path.join(folder, `${path.basename(entry, ".ts")}.mjs`);
    await writeFile(file, text);
    return file;
  }
});

/** The types of a module's exports by name, or the message of the error that it loads with. */
async function load(file: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const script = `
    const print = (text) => process.stdout.write(text);
    import(${JSON.stringify(file)}).then(
      (module) => print(JSON.stringify(module, (_, value) =>
        typeof value === "function" ? "function" : value)),
      (error) => print(error.message),
    );`;
  const options = { env: { AWS_REGION: "eu-west-1", ...environment }, timeout: 10_000 };
  return (await promisify(execFile)(process.execPath, ["-e", script], options)).stdout;
}
