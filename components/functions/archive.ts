import { realpathSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * The folder of Pulumi.yaml. The engine of `pulumi up` resolves paths relative to the working directory, so
 * that the state does not depend on the place of the checkout. Undefined for inline programs (Automation
 * API, mocks), whose engine may run in any folder.
 */
export function projectFolder(): string | undefined {
  const folder = pulumi.getRootDirectory();
  return path.isAbsolute(folder) ? realpathSync(folder) : undefined;
}

/** The folder for all bundles of a program. @param project from `projectFolder` */
export function bundlesFolder(program: string, project: string | undefined): string {
  return path.join(project ?? program, ".fanout", "bundles");
}

/** The archive of a bundle's folder. */
export function archiveOf(
  folder: string,
  program: string,
  project: string | undefined,
): pulumi.asset.FileArchive {
  const place = project === undefined ? folder : path.relative(program, folder);
  return new pulumi.asset.FileArchive(place.split(path.sep).join("/"));
}
