import path from "node:path";
import { hangMilliseconds } from "../../harness/assertions/hang.ts";
import {
  describedTest,
  documentedTest,
  infra,
  matrixInstall,
} from "../../harness/packages/matrix.ts";
import { runIn } from "../../harness/packages/newProject.ts";
import { addProject, type Install } from "../../harness/packages/sharedInstall.ts";

const tsconfig = JSON.stringify({
  compilerOptions: {
    ...{ strict: true, target: "es2020", module: "commonjs", moduleResolution: "node" },
    ...{ esModuleInterop: true, types: ["node"] },
  },
});

/** How each runner is started in the root of a workspace, by its script in node_modules. */
const runners = {
  jest: {
    imports: 'import { beforeAll as before, describe, it } from "@jest/globals";',
    script: "jest/bin/jest.js",
    args: ["--ci", `--testTimeout=${hangMilliseconds}`],
  },
  vitest: {
    imports: 'import { beforeAll as before, describe, it } from "vitest";',
    script: "vitest/vitest.mjs",
    args: ["run", `--testTimeout=${hangMilliseconds}`],
  },
  mocha: {
    imports: 'import { before, describe, it } from "mocha";',
    script: "mocha/bin/mocha.js",
    args: [
      "--timeout",
      String(hangMilliseconds),
      "--require",
      "ts-node/register/transpile-only",
      "infra/test/*.ts",
    ],
  },
} as const;

describe("unit tests from the root of a workspace", () => {
  let install: Install;
  before(async () => {
    install = await matrixInstall();
  });

  for (const [name, { imports, script, args }] of Object.entries(runners)) {
    it(`pass under ${name}, with Pulumi's documented mocks and with ours`, async () => {
      const folder = addProject(install, name, {
        ...infra,
        "package.json": JSON.stringify({
          private: true,
          jest: { preset: "ts-jest", testEnvironment: "node" },
        }),
        "tsconfig.json": tsconfig,
        "infra/test/documented.test.ts": documentedTest(imports),
        "infra/test/described.test.ts": describedTest(imports),
      });
      await runIn(folder, "node", path.join(install.folder, "node_modules", script), ...args);
    });
  }

  it("pass under bun", async () => {
    const imports = 'import { beforeAll as before, describe, it } from "bun:test";';
    const folder = addProject(install, "bun", {
      ...infra,
      "infra/test/documented.test.ts": documentedTest(imports),
      "infra/test/described.test.ts": describedTest(imports),
    });
    const bun = path.join(install.folder, "node_modules/@oven/bun-linux-x64/bin/bun");
    await runIn(folder, bun, "test", "--timeout", String(hangMilliseconds));
  });
});
