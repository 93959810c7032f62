import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageFolder } from "./packageVersion.ts";

/** The values of a new project, by the placeholders of `pulumi new`. */
export type Placeholders = { readonly PROJECT: string; readonly DESCRIPTION: string };

/** npm leaves files of this name out of packages. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** Only `pulumi new` reads this part of Pulumi.yaml. */
const templateSection = /^template:\n(?: .*\n)*/m;

/**
 * Writes the files of a new project.
 *
 * @param folder full path of a folder, which is created if it does not exist
 * @returns their paths relative to the folder, sorted
 */
export function writeTemplate(folder: string, placeholders: Placeholders): string[] {
  const template = templateFolder();
  return templateFiles(template).map((name) => {
    const target = path.join(
      path.dirname(name),
      renamed[path.basename(name)] ?? path.basename(name),
    );
    const text = readFileSync(path.join(template, name), "utf8");
    mkdirSync(path.dirname(path.join(folder, target)), { recursive: true });
    writeFileSync(path.join(folder, target), fill(text, placeholders).replace(templateSection, ""));
    return target;
  });
}

/** GitHub's expressions are `${{ }}`, and stay. */
function fill(text: string, placeholders: Placeholders): string {
  return text.replaceAll(
    /\$\{(PROJECT|DESCRIPTION)\}/g,
    (_all, name: keyof Placeholders) => placeholders[name],
  );
}

function templateFiles(template: string): string[] {
  return readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(template, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** In the package, or in the repository whose sources run. */
function templateFolder(): string {
  const inPackage = path.join(packageFolder(), "template");
  return existsSync(inPackage) ? inPackage : path.join(packageFolder(), "packages/local/template");
}
