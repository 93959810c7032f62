import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { infra, matrixInstall } from "../../harness/packages/matrix.ts";
import { newProject, runIn } from "../../harness/packages/newProject.ts";
import type { Install } from "../../harness/packages/sharedInstall.ts";

/** Prints the bundle of the handler, relative to the workspace. */
const check = `
import path from "node:path";
import pulumi from "@pulumi/pulumi";
import { fanoutMocks, known } from "@pulumi-fanout/fanout/testing";

await pulumi.runtime.setMocks(fanoutMocks());
const { topic } = await import("./index.ts");
const { path: bundle } = await known(topic.consumers.billing.function.code);
console.log(path.relative(process.cwd(), await bundle));
`;

/** How each package manager installs a workspace, by its script in node_modules; npm is on PATH. */
const managers = {
  npm: { command: "npm", args: ["install", "--ignore-scripts", "--prefer-offline"] },
  pnpm: {
    script: "pnpm/bin/pnpm.mjs",
    args: ["install", "--ignore-scripts", "--config.store-dir=.store"],
  },
  yarn: { script: "yarn/bin/yarn.js", args: ["install", "--ignore-scripts", "--silent"] },
} as const;

describe("workspaces", () => {
  let install: Install;
  before(async () => {
    install = await matrixInstall();
  });

  for (const [name, manager] of Object.entries(managers)) {
    it(`of ${name} find packages, handlers and their helpers`, async () => {
      const project = newProject(workspace(install), []);
      try {
        const [command, ...args] =
          "script" in manager
            ? ["node", path.join(install.folder, "node_modules", manager.script), ...manager.args]
            : [manager.command, ...manager.args];
        await runIn(project.folder, command, ...args);
        const bundle = await runIn(project.folder, "node", "infra/check.mjs");
        expect(bundle).to.match(/^infra\/\.fanout\/bundles\/billing-[0-9a-f]{16}\n$/);
      } finally {
        project.remove();
      }
    });
  }
});

function workspace({ tarballs }: Install): Record<string, string> {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync("package.json", "utf8"),
  );
  const { "@pulumi/aws": aws = "", "@pulumi/pulumi": pulumi = "" } = dependencies;
  return {
    ...infra,
    "package.json":
      '{ "name": "all", "version": "1.0.0", "private": true, "workspaces": ["infra"] }',
    "pnpm-workspace.yaml": "packages:\n  - infra\n",
    "infra/package.json": JSON.stringify({
      ...{ name: "infra", version: "1.0.0", type: "module" },
      dependencies: {
        "@pulumi-fanout/fanout": `file:${tarballs["@pulumi-fanout/fanout"]}`,
        "@pulumi/aws": aws,
        "@pulumi/pulumi": pulumi,
      },
    }),
    "infra/check.mjs": check,
  };
}
