import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nextVersion, sectionsOf, withRelease } from "./changelog.ts";

/*
 * `npm run release -- prepare` raises the version of both packages by what the changelog says, for a pull request.
 * `npm run release -- notes` prints the notes of the version that the manifests have, for the release.
 */
const root = path.join(import.meta.dirname, "..");
const changelogFile = path.join(root, "CHANGELOG.md");
const manifests = ["packages/fanout/package.json", "packages/local/package.json"];
const template = "packages/local/template/package.json";

const changelog = readFileSync(changelogFile, "utf8");
const sections = sectionsOf(changelog);
const [command] = process.argv.slice(2);
if (command === "prepare") prepare();
else if (command === "notes") console.log(notes());
else {
  console.error("npm run release -- prepare|notes");
  process.exitCode = 2;
}

function prepare(): void {
  const last = currentVersion();
  const [unreleased] = sections.filter(({ title }) => title === "Unreleased");
  const isFirst = sections.length === 1;
  const version = isFirst ? last : nextVersion(last, unreleased?.text ?? "");
  const day = new Date().toISOString().slice(0, 10);
  for (const file of manifests) replace(file, `"version": "${last}"`, `"version": "${version}"`);
  for (const name of ["fanout", "local"]) {
    replace(
      template,
      `"@pulumi-fanout/${name}": "^${last}"`,
      `"@pulumi-fanout/${name}": "^${version}"`,
    );
  }
  writeFileSync(changelogFile, withRelease(changelog, version, day));
  console.log(version);
}

/** @throws Error if the changelog does not have the version */
function notes(): string {
  const version = currentVersion();
  const section = sections.find(({ title }) => title === version);
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no section ${version}: npm run release -- prepare`);
  }
  return section.text;
}

/** @throws Error if the packages have different versions */
function currentVersion(): string {
  const versions = new Set(manifests.map((file) => JSON.parse(text(file)).version));
  const [version] = versions;
  if (versions.size === 1 && typeof version === "string") return version;
  throw new Error(`the packages have different versions: ${[...versions].join(", ")}`);
}

function replace(file: string, from: string, to: string): void {
  const before = text(file);
  if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(path.join(root, file), before.replace(from, to));
}

function text(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
