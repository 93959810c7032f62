import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/** Run as a process: serves fauxqs, which has no option for it, on the loopback interface only. */
const { values } = parseArgs({
  options: {
    package: { type: "string", default: "" },
    port: { type: "string", default: "0" },
  },
});

type App = {
  readonly listen: (at: { readonly port: number; readonly host: string }) => Promise<string>;
};

const { buildApp }: { readonly buildApp: (options: { readonly logger: boolean }) => App } =
  await import(pathToFileURL(values.package).href);
await buildApp({ logger: false }).listen({ port: Number(values.port), host: "127.0.0.1" });
