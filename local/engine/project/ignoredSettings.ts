import { asSection, type Section } from "./section.ts";

/**
 * What of a project's file has no effect in a local run, in words for the user. Descriptions, such as `author`
 * and `license`, have none anywhere.
 *
 * https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
export function ignoredSettings(content: Section): readonly string[] {
  const reasons: Readonly<Record<string, string>> = {
    requiredPulumiVersion: "the local run is not a version of the Pulumi CLI",
    backend: "local runs keep their state in .fanout",
    plugins: "the local run looks for plugins on PATH and in PULUMI_HOME",
    "options.refresh": "the local run compares a program with what it did last",
  };
  const given: Section = { ...content, "options.refresh": asSection(content.options).refresh };
  return Object.entries(reasons)
    .filter(([name]) => given[name] !== undefined)
    .map(([name, reason]) => `Pulumi.yaml: ${name} has no effect: ${reason}`);
}
