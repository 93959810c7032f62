/** What a release changes for users, from the headings of its entries. */
export type Change = "Breaking" | "Added" | "Fixed";

const changes: readonly Change[] = ["Breaking", "Added", "Fixed"];

/** A part of a changelog. */
export type Section = {
  /** "Unreleased" or a version. */
  readonly title: string;
  /** Its text, without the heading. */
  readonly text: string;
};

/**
 * The sections of a changelog, the newest first.
 *
 * @throws Error for a heading of entries that says nothing about the version
 */
export function sectionsOf(changelog: string): Section[] {
  const [, ...parts] = changelog.replaceAll("\r\n", "\n").split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const title = heading.split(" ")[0] ?? "";
    const unknown = headingsOf(lines.join("\n")).filter((each) => !isChange(each));
    if (unknown.length > 0) {
      throw new Error(
        `CHANGELOG.md, ${title}: "### ${unknown[0]}" is not one of ${changes.join(", ")}`,
      );
    }
    return { title, text: lines.join("\n").trim() };
  });
}

/**
 * The version after the last one, by semantic versioning; before 1.0 a breaking change raises the minor version.
 *
 * @param text of the unreleased entries
 * @throws Error if there are none
 */
export function nextVersion(last: string, text: string): string {
  const [major = 0, minor = 0, patch = 0] = last.split(".").map(Number);
  const found = headingsOf(text);
  if (found.includes("Breaking") && major > 0) return `${major + 1}.0.0`;
  if (found.includes("Breaking") || found.includes("Added")) return `${major}.${minor + 1}.0`;
  if (found.includes("Fixed")) return `${major}.${minor}.${patch + 1}`;
  throw new Error('CHANGELOG.md has no entries under "## Unreleased"; add what changed for users');
}

/** The changelog with the unreleased entries under a version. @param day of the release, YYYY-MM-DD */
export function withRelease(changelog: string, version: string, day: string): string {
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} (${day})`);
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading.trim());
}

function isChange(heading: string): heading is Change {
  return changes.some((change) => change === heading);
}
