import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { runIn } from "./newProject.ts";

/**
 * Packs a package of this repository, and unpacks it into a project as npm does. What it depends on is linked
 * from this repository.
 *
 * @param source folder of the package: `packages/local`
 */
export async function unpackInto(project: string, source: string): Promise<void> {
  const pack = ["pack", path.resolve(source), "--json", "--silent"];
  const [{ name, filename }] = JSON.parse(await runIn(project, "npm", ...pack));
  const modules = path.join(project, "node_modules");
  const folder = path.join(modules, name);
  mkdirSync(folder, { recursive: true });
  await runIn(project, "tar", "-xzf", filename, "-C", folder, "--strip-components", "1");
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  for (const dependency of Object.keys(manifest.dependencies)) {
    const link = path.join(modules, dependency);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.resolve("node_modules", dependency), link, "dir");
  }
}
