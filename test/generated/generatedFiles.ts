import { packageSchema } from "../../packages/fanout/schema/packageSchema.ts";
import { compactJson } from "./compactJson.ts";
import { goldenGraph } from "./goldenGraph.ts";
import { limitsPage } from "./limitsPage.ts";
import { resourceTypesPage } from "./resourceTypesPage.ts";
import { rulesPage } from "./rulesPage.ts";
import { scalePage, scalePictures } from "./scalePage.ts";

/** A file that is generated from the code and committed, for readers and for reviews of its diff. */
export type GeneratedFile = {
  readonly path: string;
  /** The npm script that writes it. */
  readonly script: string;
  readonly make: () => string | Promise<string>;
};

export const generatedFiles: readonly GeneratedFile[] = [
  { path: "test/golden/dev.json", script: "golden", make: () => goldenGraph("dev") },
  { path: "test/golden/prod.json", script: "golden", make: () => goldenGraph("prod") },
  { path: "docs/limits.md", script: "docs:limits", make: limitsPage },
  { path: "docs/rules.md", script: "docs:rules", make: rulesPage },
  {
    path: "packages/fanout/schema.json",
    script: "schema",
    make: () => `${compactJson(packageSchema())}\n`,
  },
  { path: "docs/scale.md", script: "docs:scale", make: scalePage },
  ...scalePictures().map(({ file, svg }) => ({
    path: `docs/${file}`,
    script: "docs:scale",
    make: () => svg,
  })),
  { path: "docs/resource-types.md", script: "docs:types", make: resourceTypesPage },
];
