import * as pulumi from "@pulumi/pulumi";
import { ComponentProvider } from "./componentProvider.ts";
import { packageFolder, projectFolder } from "./folders.ts";

/*
 * `pulumi-resource-fanout`: serves the components to Pulumi's engine, for programs in every language. The engine
 * starts it in the program's folder, so that entries of handlers are relative to that, and passes it no
 * project's folder, which the SDK reads from the environment.
 */
const project = projectFolder(process.cwd());
if (project !== undefined) process.env.PULUMI_NODEJS_ROOT_DIRECTORY = project;
void pulumi.provider.main(
  new ComponentProvider(packageFolder(import.meta.dirname)),
  process.argv.slice(2),
);
